/*
 * The concurrent server of the book with a handler for SIGCHLD: "tcpserv_sigchld restart PORT CLIENTS" lets accept() be made
 * again, "plain" does not, and "signal" leaves it to signal(3). Each client is served by a child, whose end interrupts accept().
 */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define LISTENQ 1024

static void sig_chld(int signo)
{
    pid_t pid;
    int stat;
    (void)signo;
    while ((pid = waitpid(-1, &stat, WNOHANG)) > 0) printf("child terminated with %d\n", WEXITSTATUS(stat));
}

static int str_echo(int sockfd)
{
    char buf[256];
    ssize_t n;
    int lines = 0;
    while ((n = read(sockfd, buf, sizeof buf)) > 0) {
        if (write(sockfd, buf, n) != n) return -1;
        lines++;
    }
    return lines;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: %s restart|plain|signal PORT CLIENTS\n", argv[0]);
        return 2;
    }
    if (strcmp(argv[1], "signal") == 0) {
        signal(SIGCHLD, sig_chld);
    } else {
        struct sigaction sa;
        sa.sa_handler = sig_chld;
        sigemptyset(&sa.sa_mask);
        sa.sa_flags = strcmp(argv[1], "restart") == 0 ? SA_RESTART : 0;
        if (sigaction(SIGCHLD, &sa, NULL) < 0) {
            perror("sigaction");
            return 1;
        }
    }

    int listenfd = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in servaddr;
    memset(&servaddr, 0, sizeof servaddr);
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = htonl(INADDR_ANY);
    servaddr.sin_port = htons(atoi(argv[2]));
    if (bind(listenfd, (struct sockaddr *)&servaddr, sizeof servaddr) < 0 || listen(listenfd, LISTENQ) < 0) {
        perror("bind");
        return 1;
    }
    for (int left = atoi(argv[3]); left > 0; left--) {
        struct sockaddr_in cliaddr;
        socklen_t clilen = sizeof cliaddr;
        int connfd = accept(listenfd, (struct sockaddr *)&cliaddr, &clilen);
        if (connfd < 0) {
            printf("accept: %s\n", strerror(errno));
            if (errno != EINTR) return 1;
            left++;
            continue;
        }
        printf("accepted\n");
        fflush(stdout);
        if (fork() == 0) {
            close(listenfd);
            int lines = str_echo(connfd);
            _exit(lines);
        }
        close(connfd);
    }
    return 0;
}
