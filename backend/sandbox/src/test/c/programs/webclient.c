/* A web client: fdopen()ed socket, headers by fgets(), the body by fread(). "webclient HOST SERVICE PATH". */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <ctype.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s host service path\n", argv[0]);
        return EXIT_FAILURE;
    }
    struct addrinfo hints = {.ai_family = AF_UNSPEC, .ai_socktype = SOCK_STREAM, .ai_flags = AI_CANONNAME}, *list, *p;
    int error = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (error != 0) {
        fprintf(stderr, "%s: %s\n", argv[1], gai_strerror(error));
        return EXIT_FAILURE;
    }
    int fd = -1;
    for (p = list; p != NULL; p = p->ai_next) {
        char host[NI_MAXHOST], service[NI_MAXSERV];
        getnameinfo(p->ai_addr, p->ai_addrlen, host, sizeof host, service, sizeof service, NI_NUMERICHOST | NI_NUMERICSERV);
        printf("trying %s port %s\n", host, service);
        fd = socket(p->ai_family, p->ai_socktype, p->ai_protocol);
        if (fd == -1) continue;
        if (connect(fd, p->ai_addr, p->ai_addrlen) == 0) break;
        perror("connect");
        close(fd);
        fd = -1;
    }
    freeaddrinfo(list);
    if (fd == -1) return EXIT_FAILURE;
    FILE *in = fdopen(fd, "r"), *out = fdopen(dup(fd), "w");
    if (in == NULL || out == NULL) {
        perror("fdopen");
        return EXIT_FAILURE;
    }
    fprintf(out, "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n", argv[3], argv[1]);
    fflush(out);
    char line[512];
    int status = 0;
    long length = -1;
    if (fgets(line, sizeof line, in) == NULL || sscanf(line, "HTTP/%*d.%*d %d", &status) != 1) {
        fprintf(stderr, "not HTTP: %s\n", line);
        return EXIT_FAILURE;
    }
    printf("status %d\n", status);
    while (fgets(line, sizeof line, in) != NULL && line[0] != '\r') {
        char *colon = strchr(line, ':');
        if (colon == NULL) continue;
        *colon = '\0';
        char *value = colon + 1 + strspn(colon + 1, " ");
        value[strcspn(value, "\r\n")] = '\0';
        for (char *c = line; *c; c++) *c = tolower((unsigned char)*c);
        printf("[%s] [%s]\n", line, value);
        if (strcasecmp(line, "Content-Length") == 0) length = strtol(value, NULL, 10);
    }
    char body[256];
    size_t all = 0, n;
    while ((n = fread(body, 1, sizeof body, in)) > 0) {
        all += n;
        fwrite(body, 1, n, stdout);
    }
    printf("body of %zu, length %ld, end %d, error %d\n", all, length, feof(in) != 0, ferror(in) != 0);
    fclose(in);
    fclose(out);
    return status == 200 ? EXIT_SUCCESS : EXIT_FAILURE;
}
