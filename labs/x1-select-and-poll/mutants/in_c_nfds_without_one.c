/* Gives select() the highest of its descriptors, and not one more: that one is not looked at. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS 3

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int listen_on(int port)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 8) < 0)
        fail("listen");
    return listener;
}

/* Sends back what has come. Returns 0 when nothing more will. */
static int echo(int fd)
{
    char data[1000];
    ssize_t n = recv(fd, data, sizeof data, 0);

    if (n < 0)
        fail("recv");
    if (n > 0 && send(fd, data, n, 0) != n)
        fail("send");
    return n > 0;
}

/* select() writes to its set, so it gets a copy each time. */
static void serve_clients(int listener)
{
    fd_set open, ready;
    int highest = listener, gone = 0;

    FD_ZERO(&open);
    FD_SET(listener, &open);
    while (gone < CLIENTS) {
        ready = open;
        if (select(highest, &ready, NULL, NULL, NULL) < 0)
            fail("select");
        for (int fd = 0, last = highest; fd <= last; fd++) {
            if (!FD_ISSET(fd, &ready))
                continue;
            if (fd == listener) {
                int client = accept(listener, NULL, NULL);
                if (client < 0)
                    fail("accept");
                FD_SET(client, &open);
                if (client > highest)
                    highest = client;
            } else if (!echo(fd)) {
                close(fd);
                FD_CLR(fd, &open);
                while (!FD_ISSET(highest, &open))
                    highest--;
                gone++;
            }
        }
    }
}

/* Takes the last client's connection to descriptor `high`, asks for nothing, and is told when it is over. */
static void wait_for_hangup(int listener, int high)
{
    struct rlimit limit = {.rlim_cur = 2048, .rlim_max = 4096};
    struct pollfd one = {.fd = listener, .events = POLLIN};

    if (setrlimit(RLIMIT_NOFILE, &limit) < 0)
        fail("setrlimit");
    if (poll(&one, 1, -1) < 0)
        fail("poll");
    int client = accept(listener, NULL, NULL);
    if (client < 0 || dup2(client, high) < 0)
        fail("dup2");
    close(client);

    one.fd = high;
    one.events = 0;
    if (poll(&one, 1, -1) < 0)
        fail("poll");
    printf("%s%s\n", one.revents & POLLHUP ? "POLLHUP " : "", one.revents & POLLERR ? "POLLERR" : "");
    close(high);
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT HIGH\n", argv[0]);
        return 2;
    }
    int listener = listen_on(atoi(argv[1]));
    serve_clients(listener);
    wait_for_hangup(listener, atoi(argv[2]));
    close(listener);
    return 0;
}
