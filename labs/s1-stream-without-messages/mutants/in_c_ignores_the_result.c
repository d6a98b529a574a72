/* Asks for what it wants, and believes that it has it. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LONGEST 1024

/* Reads records until the stream ends. Returns whether it has ended where a record could begin. */
static int read_records(int fd)
{
    uint16_t length = 0;
    char record[LONGEST];

    while (recv(fd, &length, sizeof length, 0) > 0) {
        size_t size = ntohs(length);
        if (size > sizeof record) {
            fprintf(stderr, "a record of %zu octets is too long\n", size);
            return 0;
        }
        if (recv(fd, record, size, 0) <= 0)
            return 0;
        printf("a record of %zu octets\n", size);
    }
    return 1;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_ANY)};

    if (argc != 2) {
        fprintf(stderr, "usage: %s PORT\n", argv[0]);
        return 2;
    }
    address.sin_port = htons(atoi(argv[1]));

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0) {
        perror("listen");
        return 1;
    }
    for (int i = 0; i < 2; i++) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            return 1;
        }
        if (read_records(fd) && send(fd, "OK", 2, 0) != 2)
            perror("send");
        close(fd);
    }
    close(listener);
    return 0;
}
