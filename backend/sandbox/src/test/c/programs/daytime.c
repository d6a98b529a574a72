/* The daytime of RFC 867 over IPv4: "daytime serve" tells one client the time, "daytime HOST" asks by service name. */
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int serve(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(13)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 1) < 0) {
        perror("bind or listen");
        return 1;
    }
    int fd = accept(listener, NULL, NULL);
    if (fd < 0) {
        perror("accept");
        return 1;
    }
    time_t now = time(NULL);
    char text[64];
    size_t length = strftime(text, sizeof text, "%a %b %e %H:%M:%S %Y\r\n", gmtime(&now));
    if (write(fd, text, length) < 0) perror("write");
    close(fd);
    close(listener);
    return 0;
}

static int ask(const char *host)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, "daytime", &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        return 1;
    }
    int fd = -1;
    for (struct addrinfo *one = found; one != NULL; one = one->ai_next) {
        fd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (fd < 0) continue;
        if (connect(fd, one->ai_addr, one->ai_addrlen) == 0) break;
        close(fd);
        fd = -1;
    }
    freeaddrinfo(found);
    if (fd < 0) {
        perror("connect");
        return 1;
    }
    FILE *in = fdopen(fd, "r");
    char line[128];
    while (in != NULL && fgets(line, sizeof line, in) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        printf("%s\n", line);
    }
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc < 2) {
        fprintf(stderr, "usage: daytime serve | daytime HOST\n");
        return 2;
    }
    return strcmp(argv[1], "serve") == 0 ? serve() : ask(argv[1]);
}
