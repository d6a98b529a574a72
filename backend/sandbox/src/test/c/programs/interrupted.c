/* alarm(2) ends a recv(2) that waits: once with EINTR, and not where SA_RESTART asks to go on. Then SIGPIPE. */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t rung;

static void ring(int signal)
{
    (void)signal;
    rung++;
}

int main(void)
{
    struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    char octet;
    alarm(1);
    if (recv(fd, &octet, 1, 0) < 0) printf("%s after %d\n", strerror(errno), (int)rung);
    action.sa_flags = SA_RESTART;
    sigaction(SIGALRM, &action, NULL);
    struct timeval patience = {.tv_sec = 3};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int ends[2];
    pipe(ends);
    close(ends[0]);
    signal(SIGPIPE, SIG_IGN);
    if (write(ends[1], "x", 1) < 0) printf("%s\n", strerror(errno));
    printf("%d\n", (int)rung);
    signal(SIGPIPE, SIG_DFL);
    fflush(stdout);
    write(ends[1], "x", 1);
    printf("not reached\n");
    return 0;
}
