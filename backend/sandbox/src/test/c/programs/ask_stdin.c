/* Sends each line of standard input to an echo server and prints what comes back, as str_cli() of a textbook does. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/types.h>
#include <unistd.h>

#define MAXLINE 4096

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s host port\n", argv[0]);
        exit(EXIT_FAILURE);
    }
    struct addrinfo hints, *list, *one;
    bzero(&hints, sizeof(hints));
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    int rv = getaddrinfo(argv[1], argv[2], &hints, &list);
    if (rv != 0) {
        fprintf(stderr, "getaddrinfo: %s\n", gai_strerror(rv));
        return 2;
    }
    int sockfd = -1;
    for (one = list; one != NULL; one = one->ai_next) {
        sockfd = socket(one->ai_family, one->ai_socktype, one->ai_protocol);
        if (sockfd == -1) continue;
        if (connect(sockfd, one->ai_addr, one->ai_addrlen) == 0) break;
        perror("connect");
        close(sockfd);
    }
    freeaddrinfo(list);
    if (one == NULL) return 3;
    FILE *in = fdopen(sockfd, "r");
    if (in == NULL) {
        perror("fdopen");
        return 4;
    }
    char line[MAXLINE];
    while (fgets(line, sizeof line, stdin) != NULL) {
        size_t length = strlen(line);
        if (write(sockfd, line, length) != (ssize_t)length) {
            perror("write");
            break;
        }
        if (fgets(line, sizeof line, in) == NULL) {
            fputs("the server has gone\n", stderr);
            break;
        }
        fputs(line, stdout);
    }
    fclose(in);
    return 0;
}
