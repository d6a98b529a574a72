/* One loop around epoll_wait(). Whom to watch is said once. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 1000

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int listen_on(int port, int backlog)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(listener, backlog) < 0)
        fail("listen");
    return listener;
}

static int accept_one(int listener)
{
    int fd = accept(listener, NULL, NULL);

    if (fd < 0)
        fail("accept");
    return fd;
}

/* Sends back what has come. Closes at the end of the stream, and returns 0. */
static int echo(int fd)
{
    char data[200];
    ssize_t n = recv(fd, data, sizeof data, 0);

    if (n < 0 || (n > 0 && send(fd, data, n, 0) != n))
        fail("echo");
    if (n == 0)
        close(fd);
    return n > 0;
}

int main(int argc, char *argv[])
{
    if (argc != 3 || atoi(argv[2]) < 1 || atoi(argv[2]) > MOST) {
        fprintf(stderr, "usage: %s PORT CLIENTS\n", argv[0]);
        return 2;
    }
    int clients = atoi(argv[2]);
    int listener = listen_on(atoi(argv[1]), clients);

    struct epoll_event events[64];
    int epoll = epoll_create1(0);
    if (epoll < 0)
        fail("epoll_create1");
    for (int i = 0; i < clients; i++) {
        struct epoll_event event = {.events = EPOLLIN, .data.fd = accept_one(listener)};
        if (epoll_ctl(epoll, EPOLL_CTL_ADD, event.data.fd, &event) < 0)
            fail("epoll_ctl");
    }
    while (clients > 0) {
        int n = epoll_wait(epoll, events, 64, -1);
        if (n < 0)
            fail("epoll_wait");
        for (int i = 0; i < n; i++)
            if (!echo(events[i].data.fd))
                clients--;
    }
    close(epoll);
    close(listener);
    return 0;
}
