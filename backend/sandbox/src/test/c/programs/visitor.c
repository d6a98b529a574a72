/* One line to an echo server and back, then a pause, so often: "visitor HOST PORT TIMES". */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: visitor HOST PORT TIMES\n");
        return 2;
    }
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(argv[1], argv[2], &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(error));
        return 1;
    }
    for (int i = 0; i < atoi(argv[3]); i++) {
        int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
        if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
            perror("connect");
            return 1;
        }
        char answer[64];
        send(fd, "hello\n", 6, 0);
        ssize_t n = recv(fd, answer, sizeof answer, 0);
        printf("%zd octets back\n", n);
        close(fd);
        sleep(1);
    }
    freeaddrinfo(found);
    return 0;
}
