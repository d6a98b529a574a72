/* What one says all others hear. One process, select(2). Ends when all who have come have gone. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : 9000;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 10) < 0) {
        perror("bind or listen");
        return 1;
    }
    fd_set all;
    FD_ZERO(&all);
    FD_SET(listener, &all);
    int highest = listener, here = 0, seen = 0;

    while (here > 0 || seen == 0) {
        fd_set ready = all;
        if (select(highest + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        for (int fd = 0; fd <= highest; fd++) {
            if (!FD_ISSET(fd, &ready)) continue;
            if (fd == listener) {
                int client = accept(listener, NULL, NULL);
                if (client < 0) continue;
                FD_SET(client, &all);
                if (client > highest) highest = client;
                here++, seen++;
                continue;
            }
            char line[256];
            ssize_t n = recv(fd, line, sizeof line, 0);
            if (n <= 0) {
                close(fd);
                FD_CLR(fd, &all);
                here--;
                continue;
            }
            for (int other = 0; other <= highest; other++)
                if (FD_ISSET(other, &all) && other != listener && other != fd) send(other, line, n, MSG_NOSIGNAL);
        }
    }
    printf("%d came and went\n", seen);
    return 0;
}
