/*
 * Copies its input to a server and what comes back to its output, until both have ended: the end of the input is
 * told with shutdown(2), and the answers to it are still read.
 */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static int write_all(int fd, const char *data, size_t size)
{
    while (size > 0) {
        ssize_t n = write(fd, data, size);
        if (n < 0) return -1;
        data += n;
        size -= n;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: copy_both HOST PORT\n");
        return 2;
    }
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(argv[1], argv[2], &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(error));
        return 1;
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    freeaddrinfo(found);

    for (int input_ended = 0;;) {
        fd_set ready;
        FD_ZERO(&ready);
        FD_SET(fd, &ready);
        if (!input_ended) FD_SET(STDIN_FILENO, &ready);
        if (select(fd + 1, &ready, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        char data[1024];
        if (FD_ISSET(fd, &ready)) {
            ssize_t n = read(fd, data, sizeof data);
            if (n < 0) perror("read");
            if (n <= 0) return n < 0;
            if (write_all(STDOUT_FILENO, data, n) < 0) return 1;
        }
        if (!input_ended && FD_ISSET(STDIN_FILENO, &ready)) {
            ssize_t n = read(STDIN_FILENO, data, sizeof data);
            if (n <= 0) {
                input_ended = 1;
                shutdown(fd, SHUT_WR);
            } else if (write_all(fd, data, n) < 0) {
                perror("write");
                return 1;
            }
        }
    }
}
