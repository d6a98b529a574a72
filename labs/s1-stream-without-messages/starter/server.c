/* Reads records that stand behind their length, and answers OK to a stream that ends between two of them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/*
 * Reads records from fd until the stream ends: two octets of length, the higher first, then as many octets as they say.
 * Returns 1 if the stream has ended where a record could begin, 0 if it has ended within one.
 */
static int read_records(int fd)
{
    char octets[2];
    ssize_t n = recv(fd, octets, sizeof octets, 0);

    printf("%zd octets\n", n);
    return 0;
}

/* read-only: begin */
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
/* read-only: end */
