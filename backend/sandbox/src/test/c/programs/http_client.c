/* Asks for a page and prints its status and its length. */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    const char *host = argc > 1 ? argv[1] : "localhost", *path = argc > 2 ? argv[2] : "/";
    struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, "http", &hints, &found);
    if (error) {
        fprintf(stderr, "%s\n", gai_strerror(error));
        return 1;
    }
    int fd = socket(found->ai_family, SOCK_STREAM, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    char request[256], answer[2048];
    int length = snprintf(request, sizeof request, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", path, host);
    if (write(fd, request, length) != length) perror("write");
    size_t got = 0;
    ssize_t n;
    while ((n = read(fd, answer + got, sizeof answer - 1 - got)) > 0) got += n;
    answer[got] = '\0';
    const char *body = strstr(answer, "\r\n\r\n");
    printf("%.*s, %zu octets\n", (int)strcspn(answer, "\r"), answer, body ? strlen(body + 4) : 0);
    close(fd);
    return 0;
}
