/* Waits in recv(2) for what never comes: with PORT for a client to connect and say something, with HOST PORT for the server. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    if (argc < 2) {
        fprintf(stderr, "usage: %s [HOST] PORT\n", argv[0]);
        return 2;
    }
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[argc - 1]))};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    char text[128];
    ssize_t n;

    if (argc == 2) {
        int listener = fd;
        if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 1) < 0) {
            perror("bind or listen");
            return 1;
        }
        fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            return 1;
        }
    } else {
        inet_pton(AF_INET, argv[1], &address.sin_addr);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) {
            perror("connect");
            return 1;
        }
    }
    while ((n = recv(fd, text, sizeof text, 0)) > 0)
        printf("%zd octets\n", n);
    close(fd);
    return 0;
}
