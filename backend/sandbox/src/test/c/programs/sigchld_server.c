/* The concurrent server of the classic book: fork() for each client, waitpid() in the handler, a helper for each call. */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/param.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#define LISTENQ 1024
#define SA struct sockaddr
#define MAXLINE 4096

typedef void Sigfunc(int);

static void err_sys(const char *fmt, ...)
{
    char buf[MAXLINE + 1];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(buf, MAXLINE, fmt, ap);
    va_end(ap);
    int n = strlen(buf);
    snprintf(buf + n, MAXLINE - n, ": %s", strerror(errno));
    strcat(buf, "\n");
    fflush(stdout);
    fputs(buf, stderr);
    fflush(stderr);
    exit(1);
}

static Sigfunc *Signal(int signo, Sigfunc *func)
{
    struct sigaction act, oact;
    act.sa_handler = func;
    sigemptyset(&act.sa_mask);
    act.sa_flags = 0;
    if (signo != SIGALRM) act.sa_flags |= SA_RESTART;
    if (sigaction(signo, &act, &oact) < 0) return SIG_ERR;
    return oact.sa_handler;
}

static ssize_t writen(int fd, const void *vptr, size_t n)
{
    size_t nleft = n;
    const char *ptr = vptr;
    while (nleft > 0) {
        ssize_t nwritten = write(fd, ptr, nleft);
        if (nwritten <= 0) {
            if (nwritten < 0 && errno == EINTR) nwritten = 0;
            else return -1;
        }
        nleft -= nwritten;
        ptr += nwritten;
    }
    return n;
}

static int served;

static void sig_chld(int signo)
{
    pid_t pid;
    int stat;
    (void)signo;
    while ((pid = waitpid(-1, &stat, WNOHANG)) > 0) served++;
}

static void str_echo(int sockfd)
{
    ssize_t n;
    char buf[MAXLINE];
again:
    while ((n = read(sockfd, buf, MAXLINE)) > 0) writen(sockfd, buf, n);
    if (n < 0 && errno == EINTR) goto again;
    else if (n < 0) err_sys("str_echo: read error");
}

int main(int argc, char **argv)
{
    int listenfd, connfd, clients = argc > 2 ? atoi(argv[2]) : 2;
    struct sockaddr_in cliaddr, servaddr;
    openlog(argv[0], LOG_PID, LOG_USER);
    if ((listenfd = socket(AF_INET, SOCK_STREAM, 0)) < 0) err_sys("socket");
    int on = 1;
    setsockopt(listenfd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
    bzero(&servaddr, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = htonl(INADDR_ANY);
    servaddr.sin_port = htons(argc > 1 ? atoi(argv[1]) : 9877);
    if (bind(listenfd, (SA *)&servaddr, sizeof(servaddr)) < 0) err_sys("bind");
    if (listen(listenfd, MIN(LISTENQ, SOMAXCONN)) < 0) err_sys("listen");
    if (Signal(SIGCHLD, sig_chld) == SIG_ERR) err_sys("signal");
    for (int i = 0; i < clients; i++) {
        socklen_t clilen = sizeof(cliaddr);
        if ((connfd = accept(listenfd, (SA *)&cliaddr, &clilen)) < 0) {
            if (errno == EINTR) continue;
            err_sys("accept");
        }
        char text[INET_ADDRSTRLEN];
        printf("connection from %s\n", inet_ntop(AF_INET, &cliaddr.sin_addr, text, sizeof(text)));
        if (fork() == 0) {
            close(listenfd);
            str_echo(connfd);
            exit(0);
        }
        close(connfd);
    }
    close(listenfd);
    while (served < clients) sleep(1);
    printf("%d served\n", served);
    closelog();
    return 0;
}
