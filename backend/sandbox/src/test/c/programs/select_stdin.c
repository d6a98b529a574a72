/* select() over standard input and a connection, as the second str_cli() of the book. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#define max(a, b) ((a) > (b) ? (a) : (b))

int main(int argc, char **argv)
{
    struct sockaddr_in servaddr = {.sin_family = AF_INET};
    if (argc < 3 || inet_aton(argv[1], &servaddr.sin_addr) == 0) return 64;
    servaddr.sin_port = htons((unsigned short)strtoul(argv[2], NULL, 10));
    int sockfd = socket(AF_INET, SOCK_STREAM, 0);
    if (sockfd < 0 || connect(sockfd, (struct sockaddr *)&servaddr, sizeof servaddr) < 0) {
        perror(argv[1]);
        return 1;
    }
    int stdineof = 0;
    char buf[1024];
    ssize_t n;
    fd_set rset;
    FD_ZERO(&rset);
    for (;;) {
        if (stdineof == 0) FD_SET(fileno(stdin), &rset);
        FD_SET(sockfd, &rset);
        if (select(max(fileno(stdin), sockfd) + 1, &rset, NULL, NULL, NULL) < 0) {
            perror("select");
            return 1;
        }
        if (FD_ISSET(sockfd, &rset)) {
            if ((n = read(sockfd, buf, sizeof buf)) == 0) {
                if (stdineof == 1) break;
                fprintf(stderr, "server terminated prematurely\n");
                return 1;
            }
            if (n < 0 || write(STDOUT_FILENO, buf, n) != n) return 1;
        }
        if (FD_ISSET(fileno(stdin), &rset)) {
            if ((n = read(fileno(stdin), buf, sizeof buf)) == 0) {
                stdineof = 1;
                shutdown(sockfd, SHUT_WR);
                FD_CLR(fileno(stdin), &rset);
                continue;
            }
            if (write(sockfd, buf, n) != n) return 1;
        }
    }
    close(sockfd);
    return 0;
}
