/* One loop around select(), which is told each time whom to watch. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/select.h>
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

    fd_set open, ready;
    int highest = 0, left = clients;
    FD_ZERO(&open);
    for (int i = 0; i < clients; i++) {
        int fd = accept_one(listener);
        FD_SET(fd, &open);
        if (fd > highest)
            highest = fd;
    }
    while (left > 0) {
        ready = open;
        if (select(highest + 1, &ready, NULL, NULL, NULL) < 0)
            fail("select");
        for (int fd = 0; fd <= highest; fd++) {
            if (FD_ISSET(fd, &ready) && !echo(fd)) {
                FD_CLR(fd, &open);
                left--;
            }
        }
    }
    close(listener);
    return 0;
}
