/*
 * A proxy for one connection after the other: what the client sends goes to the server, and back. It waits with
 * epoll_wait(2), level-triggered, and reads no more from one side than it could write to the other.
 */
#include <errno.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* One direction: what was read from one end and is not yet written to the other. */
struct pipe {
    int from, to;
    char data[4096];
    size_t begin, end;
    int finished; /* 1: no more comes, 2: the other end knows */
    long carried;
};

static int dial(const char *host, const char *port)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        return -1;
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (fd >= 0 && connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    return fd;
}

/* Moves what can be moved now; -1 if the connection is broken. */
static int move(struct pipe *pipe)
{
    if (pipe->begin == pipe->end && !pipe->finished) {
        ssize_t n = recv(pipe->from, pipe->data, sizeof pipe->data, MSG_DONTWAIT);
        if (n < 0) return errno == EAGAIN ? 0 : -1;
        pipe->begin = 0;
        pipe->end = n;
        if (n == 0) pipe->finished = 1;
    }
    while (pipe->begin < pipe->end) {
        ssize_t n = send(pipe->to, pipe->data + pipe->begin, pipe->end - pipe->begin, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (n < 0) return errno == EAGAIN ? 0 : -1;
        pipe->begin += n;
        pipe->carried += n;
    }
    if (pipe->finished == 1) {
        shutdown(pipe->to, SHUT_WR);
        pipe->finished = 2;
    }
    return 0;
}

/* Which events an end is waited for: to read, if there is room; to write, if something is left over. */
static unsigned interest(const struct pipe *in, const struct pipe *out)
{
    unsigned events = 0;
    if (in->begin == in->end && !in->finished) events |= EPOLLIN;
    if (out->begin < out->end) events |= EPOLLOUT;
    return events;
}

static void carry(int client, int server)
{
    static struct pipe up, down;
    up = (struct pipe){.from = client, .to = server};
    down = (struct pipe){.from = server, .to = client};
    int epoll = epoll_create1(0);
    struct epoll_event ends[2] = {{.data.fd = client}, {.data.fd = server}};
    for (int i = 0; i < 2; i++) epoll_ctl(epoll, EPOLL_CTL_ADD, ends[i].data.fd, &ends[i]);
    while (up.finished < 2 || down.finished < 2) {
        ends[0].events = interest(&up, &down);
        ends[1].events = interest(&down, &up);
        for (int i = 0; i < 2; i++) epoll_ctl(epoll, EPOLL_CTL_MOD, ends[i].data.fd, &ends[i]);
        struct epoll_event ready[2];
        if (epoll_wait(epoll, ready, 2, -1) < 0) break;
        if (move(&up) < 0 || move(&down) < 0) break;
    }
    close(epoll);
    printf("%ld octets up, %ld down\n", up.carried, down.carried);
}

int main(int argc, char *argv[])
{
    if (argc < 4) {
        fprintf(stderr, "usage: epoll_proxy PORT HOST PORT [CONNECTIONS]\n");
        return 2;
    }
    int left = argc > 4 ? atoi(argv[4]) : 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(atoi(argv[1]))};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    for (; left > 0; left--) {
        int client = accept(listener, NULL, NULL);
        int server = dial(argv[2], argv[3]);
        if (server >= 0) {
            carry(client, server);
            close(server);
        }
        close(client);
    }
    close(listener);
    return 0;
}
