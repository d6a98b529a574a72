/* Sends a line, says that no more comes, and prints what comes back. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    const char *host = argc > 1 ? argv[1] : "localhost", *port = argc > 2 ? argv[2] : "7777";
    const char *text = argc > 3 ? argv[3] : "hello";

    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        return 1;
    }
    int fd = -1;
    for (struct addrinfo *a = found; a != NULL; a = a->ai_next) {
        fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
        if (fd < 0) continue;
        if (connect(fd, a->ai_addr, a->ai_addrlen) == 0) break;
        perror("connect");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0) return 1;

    if (send(fd, text, strlen(text), 0) < 0) {
        perror("send");
        return 1;
    }
    shutdown(fd, SHUT_WR);
    char buffer[4096];
    size_t got = 0;
    ssize_t n;
    while ((n = recv(fd, buffer + got, sizeof buffer - 1 - got, 0)) > 0) got += n;
    if (n < 0) perror("recv");
    buffer[got] = '\0';
    printf("%zu octets came back: %s\n", got, buffer);
    close(fd);
    return 0;
}
