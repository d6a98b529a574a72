/*
 * Writes 256 KiB to one who does not read at first: a socket that does not block takes what its buffers hold, and
 * poll(2) tells when there is room again. "backlog slow" reads, "backlog HOST" writes.
 */
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT "6543"
#define SIZE (1 << 18)

static int slow(void)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE}, *here;
    if (getaddrinfo(NULL, PORT, &hints, &here) != 0) return 1;
    int listener = socket(here->ai_family, here->ai_socktype, here->ai_protocol);
    int room = 16384;
    setsockopt(listener, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
    if (bind(listener, here->ai_addr, here->ai_addrlen) < 0 || listen(listener, 1) < 0) {
        perror("bind or listen");
        return 1;
    }
    freeaddrinfo(here);
    int fd = accept(listener, NULL, NULL);
    sleep(1);
    static char data[65536];
    long total = 0;
    ssize_t n;
    while ((n = recv(fd, data, sizeof data, 0)) > 0) total += n;
    printf("%ld octets read\n", total);
    return n < 0;
}

int main(int argc, char *argv[])
{
    if (argc < 2) {
        fprintf(stderr, "usage: backlog slow | backlog HOST\n");
        return 2;
    }
    if (strcmp(argv[1], "slow") == 0) return slow();

    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *to;
    int error = getaddrinfo(argv[1], PORT, &hints, &to);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(error));
        return 1;
    }
    int fd = socket(to->ai_family, to->ai_socktype, to->ai_protocol);
    int room = 16384;
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
    if (connect(fd, to->ai_addr, to->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    freeaddrinfo(to);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);

    static char data[SIZE];
    size_t sent = 0;
    int blocked = 0;
    while (sent < sizeof data) {
        ssize_t n = send(fd, data + sent, sizeof data - sent, 0);
        if (n >= 0) {
            sent += n;
            continue;
        }
        if (errno != EAGAIN) {
            perror("send");
            return 1;
        }
        blocked++;
        struct pollfd wait = {.fd = fd, .events = POLLOUT};
        poll(&wait, 1, -1);
    }
    printf("%zu octets written, %s\n", sent, blocked > 0 ? "and waited for room" : "at once");
    return 0;
}
