/* Sends to somebody who has gone, twice. "broken_pipe serve", "broken_pipe ADDRESS". */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5353

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) return 1;
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
        int client = accept(fd, NULL, NULL);
        close(client);
        close(fd);
        return 0;
    }
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &address.sin_addr);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    for (int i = 0; i < 5; i++) {
        sleep(1);
        if (send(fd, "are you there?\n", 15, 0) < 0) break;
    }
    printf("good bye\n");
    close(fd);
    return 0;
}
