/* The server has answered and does not close; the client reads to the end. "left_open serve", "left_open ADDRESS". */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5555

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) return 1;
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
        for (;;) {
            int client = accept(fd, NULL, NULL);
            if (client < 0) return 1;
            if (send(client, "the time is up\n", 15, 0) < 0) return 1;
        }
    }
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &address.sin_addr);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    char text[64];
    ssize_t n;
    while ((n = recv(fd, text, sizeof text, 0)) > 0) printf("%.*s", (int)n, text);
    close(fd);
    return 0;
}
