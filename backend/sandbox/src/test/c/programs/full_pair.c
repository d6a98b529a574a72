/* Fills a socketpair without waiting, and lets a child empty it for one that waits. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static char data[100000];

int main(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0) {
        perror("socketpair");
        return 1;
    }
    ssize_t n, full = 0;
    while ((n = send(pair[0], data, sizeof data, MSG_DONTWAIT)) > 0) full += n;
    printf("%s after more than 100000: %d\n", errno == EAGAIN ? "full" : strerror(errno), full > 100000);
    fflush(stdout);
    if (fork() == 0) {
        long all = 0;
        close(pair[0]);
        while ((n = read(pair[1], data, sizeof data)) > 0) all += n;
        printf("read it all: %d\n", all == full + 1000000);
        exit(0);
    }
    close(pair[1]);
    for (int i = 0; i < 10; i++)
        if ((n = write(pair[0], data, sizeof data)) != sizeof data) printf("short: %zd\n", n);
    close(pair[0]);
    wait(NULL);
    return 0;
}
