/* Reads records that stand behind their length, and answers OK to a stream that ends between two of them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define LONGEST 1024

/* Reads n octets, however they arrive. Returns how many there were: fewer only at the end of the stream. */
static size_t read_all(int fd, void *buffer, size_t n)
{
    size_t got = 0;

    while (got < n) {
        ssize_t r = recv(fd, (char *)buffer + got, n - got, 0);
        if (r == 0)
            break;
        if (r < 0) {
            perror("recv");
            exit(1);
        }
        got += (size_t)r;
    }
    return got;
}

/* Reads records until the stream ends. Returns whether it has ended where a record could begin. */
static int read_records(int fd)
{
    uint16_t length;
    char record[LONGEST];
    size_t got;

    while ((got = read_all(fd, &length, sizeof length)) == sizeof length) {
        size_t size = ntohs(length);
        if (size > sizeof record) {
            fprintf(stderr, "a record of %zu octets is too long\n", size);
            return 0;
        }
        got = read_all(fd, record, size);
        if (got < size) {
            printf("%zu of %zu octets, and then the end\n", got, size);
            return 0;
        }
        printf("a record of %zu octets\n", size);
    }
    return got == 0;
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
