/* Asks for room when there is something to send, and goes on asking. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS 3
#define BUFFER 1000
#define LONGEST 20000

enum { ANN, BEN, CLEO };

static int epoll, listener;
static int clients[CLIENTS], accepted, closed;
static size_t chunk, size, left;
static const char file[LONGEST];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void watch(int operation, int fd, unsigned events)
{
    struct epoll_event event = {.events = events, .data.fd = fd};

    if (epoll_ctl(epoll, operation, fd, &event) < 0)
        fail("epoll_ctl");
}

static void listen_on(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int sndbuf = 4096;

    listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &sndbuf, sizeof sndbuf) < 0
        || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 8) < 0)
        fail("listen");
}

static void accept_client(void)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);

    if (fd < 0)
        fail("accept4");
    watch(EPOLL_CTL_ADD, fd, accepted == BEN ? EPOLLIN | EPOLLET : EPOLLIN);
    clients[accepted++] = fd;
}

/* Reads once. Returns what recv() does, and closes at the end of the stream. */
static ssize_t receive(int fd)
{
    char data[BUFFER];
    ssize_t n = recv(fd, data, chunk, 0);

    if (n < 0 && errno != EAGAIN)
        fail("recv");
    if (n == 0) {
        close(fd);
        closed++;
    }
    return n;
}

/* An edge is told once, however much has come with it. */
static void serve_ben(int fd)
{
    ssize_t n;

    do
        n = receive(fd);
    while (n > 0);
    if (n < 0 && send(fd, "ok", 2, 0) != 2)
        fail("send");
}

static void send_to_cleo(int fd)
{
    if (left == 0)
        return;
    ssize_t n = send(fd, file, left, 0);

    if (n < 0 && errno != EAGAIN)
        fail("send");
    if (n > 0)
        left -= (size_t)n;
}

static void serve(int fd, unsigned events)
{
    if (fd == listener) {
        accept_client();
    } else if (accepted > BEN && fd == clients[BEN]) {
        serve_ben(fd);
    } else {
        if (events & EPOLLIN && receive(fd) > 0 && accepted > CLEO && fd == clients[CLEO]) {
            left = size;
            watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLOUT);
        }
        if (events & EPOLLOUT)
            send_to_cleo(fd);
    }
}

int main(int argc, char *argv[])
{
    struct epoll_event events[8];

    if (argc != 4 || strtoul(argv[2], NULL, 10) > BUFFER || strtoul(argv[3], NULL, 10) > LONGEST) {
        fprintf(stderr, "usage: %s PORT CHUNK FILE\n", argv[0]);
        return 2;
    }
    chunk = strtoul(argv[2], NULL, 10);
    size = strtoul(argv[3], NULL, 10);
    epoll = epoll_create1(0);
    if (epoll < 0)
        fail("epoll_create1");
    listen_on(atoi(argv[1]));
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    while (closed < CLIENTS) {
        int n = epoll_wait(epoll, events, 8, -1);
        if (n < 0)
            fail("epoll_wait");
        for (int i = 0; i < n; i++)
            serve(events[i].data.fd, events[i].events);
    }
    return 0;
}
