/* Adds the filter for writing, and never deletes it. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/event.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS 4
#define BUFFER 1000
#define LONGEST 20000

enum { ANN, BEN, CLEO, DAN };

static int queue, listener;
static int clients[CLIENTS] = {-1, -1, -1, -1}, accepted, closed;
static size_t chunk, size, left;
static const char file[LONGEST];

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static void change(int fd, int filter, int flags)
{
    struct kevent one;

    EV_SET(&one, fd, filter, flags, 0, 0, NULL);
    if (kevent(queue, &one, 1, NULL, 0, NULL) < 0)
        fail("kevent");
}

static void listen_on(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int sndbuf = 4096;

    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || setsockopt(listener, SOL_SOCKET, SO_SNDBUF, &sndbuf, sizeof sndbuf) < 0
        || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 8) < 0)
        fail("listen");
}

static void accept_client(void)
{
    int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK);

    if (fd < 0)
        fail("accept4");
    change(fd, EVFILT_READ, accepted == BEN ? EV_ADD | EV_CLEAR : EV_ADD);
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

/* With EV_CLEAR what is left is not told again. */
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

static void serve(const struct kevent *event)
{
    int fd = (int)event->ident;

    if (fd == listener) {
        accept_client();
    } else if (event->filter == EVFILT_WRITE) {
        send_to_cleo(fd);
    } else if (fd == clients[BEN]) {
        serve_ben(fd);
    } else if (receive(fd) > 0 && fd == clients[CLEO]) {
        left = size;
        change(fd, EVFILT_WRITE, EV_ADD);
    }
}

int main(int argc, char *argv[])
{
    struct kevent events[8];

    if (argc != 4 || strtoul(argv[2], NULL, 10) > BUFFER || strtoul(argv[3], NULL, 10) > LONGEST) {
        fprintf(stderr, "usage: %s PORT CHUNK FILE\n", argv[0]);
        return 2;
    }
    chunk = strtoul(argv[2], NULL, 10);
    size = strtoul(argv[3], NULL, 10);
    queue = kqueue();
    if (queue < 0)
        fail("kqueue");
    listen_on(atoi(argv[1]));
    change(listener, EVFILT_READ, EV_ADD);
    while (closed < CLIENTS) {
        int n = kevent(queue, NULL, 0, events, 8, NULL);
        if (n < 0)
            fail("kevent");
        for (int i = 0; i < n; i++)
            serve(&events[i]);
    }
    return 0;
}
