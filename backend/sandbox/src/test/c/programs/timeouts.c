/* Three ways not to wait for ever: select(2) with a time, SO_RCVTIMEO, and poll(2); each measured. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (long)(now.tv_sec * 1000 + now.tv_nsec / 1000000);
}

/* To a tenth of a second, so that a busy machine prints the same. */
static void report(const char *how, long begin)
{
    long tenths = (milliseconds() - begin + 50) / 100;
    printf("%s after %ld.%ld s\n", how, tenths / 10, tenths % 10);
}

int main(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET};
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("bind");
        return 1;
    }

    fd_set ready;
    FD_ZERO(&ready);
    FD_SET(fd, &ready);
    struct timeval half = {.tv_usec = 500000};
    long begin = milliseconds();
    int count = select(fd + 1, &ready, NULL, NULL, &half);
    report("select", begin);
    printf("%d ready, %s\n", count, FD_ISSET(fd, &ready) ? "and it is there" : "and the set is empty");

    struct timeval patience = {.tv_sec = 1};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char octet;
    begin = milliseconds();
    if (recv(fd, &octet, 1, 0) < 0) printf("recv: %s\n", strerror(errno));
    report("recv", begin);

    struct pollfd wait = {.fd = fd, .events = POLLIN};
    begin = milliseconds();
    count = poll(&wait, 1, 300);
    report("poll", begin);
    printf("%d ready\n", count);
    return 0;
}
