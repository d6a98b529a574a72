/* Sends two messages over a small send buffer: the first with a call that waits, the second in parts. */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int connect_to(const char *host, const char *port, int sndbuf)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found);

    if (error) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &sndbuf, sizeof sndbuf) < 0
        || connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        exit(1);
    }
    freeaddrinfo(found);
    return fd;
}

/* Sends all of a message over a socket that does not wait: goes on where the last call ended, and waits in poll(). */
static void send_all(int fd, const char *message, size_t size)
{
    size_t sent = 0;

    while (sent < size) {
        ssize_t n = send(fd, message + sent, size - sent, 0);
        if (n >= 0) {
            sent += (size_t)n;
        } else if (errno == EAGAIN) {
            struct pollfd writable = {.fd = fd, .events = POLLOUT};
            if (poll(&writable, 1, -1) < 0) {
                perror("poll");
                exit(1);
            }
        } else {
            perror("send");
            exit(1);
        }
    }
}

int main(int argc, char *argv[])
{
    if (argc != 6) {
        fprintf(stderr, "usage: %s HOST PORT SNDBUF FIRST SIZE\n", argv[0]);
        return 2;
    }
    size_t first = strtoul(argv[4], NULL, 10), size = strtoul(argv[5], NULL, 10);
    size_t longer = first > size ? first : size;
    char *message = malloc(longer);
    if (message == NULL) {
        perror("malloc");
        return 1;
    }
    for (size_t i = 0; i < longer; i++)
        message[i] = (char)('a' + i % 26);

    int fd = connect_to(argv[1], argv[2], atoi(argv[3]));
    ssize_t n = send(fd, message, first, 0);
    if (n != (ssize_t)first) {
        perror("send");
        return 1;
    }
    if (fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK) < 0) {
        perror("fcntl");
        return 1;
    }
    send_all(fd, message, size);
    close(fd);
    free(message);
    return 0;
}
