/* Says some lines, one every 50 ms, says no more, and prints what the others say until the server closes. */
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int call(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found), fd = -1;

    if (error) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    for (struct addrinfo *one = found; one; one = one->ai_next) {
        fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd < 0)
            continue;
        if (connect(fd, one->ai_addr, one->ai_addrlen) == 0)
            break;
        perror("connect");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0)
        exit(1);
    return fd;
}

int main(int argc, char *argv[])
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s HOST PORT NAME LINES\n", argv[0]);
        return 2;
    }
    int fd = call(argv[1], argv[2]), lines = atoi(argv[4]), said = 0;

    for (;;) {
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int ready = poll(&wait, 1, said <= lines ? 50 : -1);
        if (ready < 0) {
            perror("poll");
            return 1;
        }
        if (ready == 0) {
            char line[64];
            if (said++ == lines) {
                shutdown(fd, SHUT_WR);
                continue;
            }
            int length = snprintf(line, sizeof line, "%s: line %d of %d\n", argv[3], said, lines);
            if (send(fd, line, (size_t)length, 0) != length) {
                perror("send");
                return 1;
            }
            continue;
        }
        char heard[512];
        ssize_t n = recv(fd, heard, sizeof heard, 0);
        if (n < 0) {
            perror("recv");
            return 1;
        }
        if (n == 0)
            break;
        fwrite(heard, 1, (size_t)n, stdout);
    }
    close(fd);
    return 0;
}
