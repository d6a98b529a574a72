/*
 * alarm() around recvfrom(), as the book puts a limit on it. With signal() alone, the call is made again and the alarm only
 * prints; with siginterrupt() it fails, and so it does if the handler is set again after that. Last, a limit by
 * SO_RCVTIMEO.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int fd;
static struct sockaddr_in here;

static void sig_alrm(int signo)
{
    (void)signo;
    printf("alarm\n");
}

/* The first alarm only prints; the second sends what is waited for. */
static void sends_at_last(int signo)
{
    static int rung;
    (void)signo;
    printf("alarm %d\n", ++rung);
    if (rung == 1) alarm(1);
    else sendto(fd, "late", 4, 0, (struct sockaddr *)&here, sizeof here);
}

static void dg_cli(void)
{
    char line[32];
    alarm(1);
    ssize_t n = recvfrom(fd, line, sizeof line, 0, NULL, NULL);
    if (n < 0) printf(errno == EINTR ? "socket timeout\n" : "recvfrom: %s\n", strerror(errno));
    else printf("%zd octets: %.*s\n", n, (int)n, line);
    alarm(0);
}

int main(void)
{
    socklen_t length = sizeof here;
    fd = socket(AF_INET, SOCK_DGRAM, 0);
    here.sin_family = AF_INET;
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    bind(fd, (struct sockaddr *)&here, sizeof here);
    getsockname(fd, (struct sockaddr *)&here, &length);

    signal(SIGALRM, sends_at_last);
    dg_cli();
    signal(SIGALRM, sig_alrm);
    siginterrupt(SIGALRM, 1);
    dg_cli();
    signal(SIGALRM, sig_alrm);
    dg_cli();
    siginterrupt(SIGALRM, 0);
    struct timeval limit = {.tv_sec = 3};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    dg_cli();
    return 0;
}
