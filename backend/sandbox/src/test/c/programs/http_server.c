/* A tiny HTTP/1.0 server: one page, and 404 for all else. */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static const char page[] = "<h1>It works</h1>\n";

static void answer(int fd, const char *status, const char *body)
{
    char head[128];
    int length = snprintf(head, sizeof head, "HTTP/1.0 %s\r\nContent-Length: %zu\r\n\r\n", status, strlen(body));
    struct iovec parts[] = {{head, length}, {(void *)body, strlen(body)}};
    if (writev(fd, parts, 2) < 0) perror("writev");
}

int main(int argc, char *argv[])
{
    int requests = argc > 1 ? atoi(argv[1]) : 2;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(80)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    while (requests-- > 0) {
        int fd = accept(listener, NULL, NULL);
        char request[1024];
        size_t got = 0;
        ssize_t n;
        /* a request may come in pieces: read on until the empty line */
        while ((n = read(fd, request + got, sizeof request - 1 - got)) > 0) {
            got += n;
            request[got] = '\0';
            if (strstr(request, "\r\n\r\n")) break;
        }
        char path[64];
        if (sscanf(request, "GET %63s", path) != 1) answer(fd, "400 Bad Request", "what?\n");
        else if (strcmp(path, "/") == 0) answer(fd, "200 OK", page);
        else answer(fd, "404 Not Found", "nothing here\n");
        close(fd);
    }
    return 0;
}
