/* Serves one client after the other: what comes goes back. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void fail(const char *call)
{
    perror(call);
    exit(EXIT_FAILURE);
}

static void echo(int fd)
{
    char buffer[1024];
    ssize_t got;
    while ((got = read(fd, buffer, sizeof buffer)) > 0) {
        for (ssize_t sent = 0; sent < got;) {
            ssize_t n = write(fd, buffer + sent, got - sent);
            if (n < 0) fail("write");
            sent += n;
        }
    }
    if (got < 0) perror("read");
}

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : 7777;
    int clients = argc > 2 ? atoi(argv[2]) : -1;

    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0) fail("socket");
    int on = 1;
    if (setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0) fail("setsockopt");

    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_ANY);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0) fail("bind");
    if (listen(listener, 5) < 0) fail("listen");
    printf("listening on port %d\n", port);

    while (clients < 0 || clients-- > 0) {
        struct sockaddr_in peer;
        socklen_t length = sizeof peer;
        int fd = accept(listener, (struct sockaddr *)&peer, &length);
        if (fd < 0) {
            if (errno == EINTR) continue;
            fail("accept");
        }
        char name[INET_ADDRSTRLEN];
        printf("%s has come\n", inet_ntop(AF_INET, &peer.sin_addr, name, sizeof name));
        echo(fd);
        close(fd);
        printf("%s has gone\n", name);
    }
    close(listener);
    return 0;
}
