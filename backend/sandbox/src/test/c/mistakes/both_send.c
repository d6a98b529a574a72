/* Each sends a megabyte before it reads anything. "both_send serve", "both_send ADDRESS". */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5656
#define MUCH (1 << 20)

static char data[64 * 1024];

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int small = 8192, fd = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &small, sizeof small);
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
        fd = accept(fd, NULL, NULL);
    } else {
        inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &address.sin_addr);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    }
    for (size_t sent = 0; sent < MUCH;) {
        ssize_t n = send(fd, data, sizeof data, 0);
        if (n < 0) return 1;
        sent += n;
    }
    while (recv(fd, data, sizeof data, 0) > 0) continue;
    return 0;
}
