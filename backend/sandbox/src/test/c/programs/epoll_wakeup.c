/* An event loop with a wake-up by a datagram socketpair, and non-blocking accept4. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static int make_socket_non_blocking(int sfd)
{
    int flags = fcntl(sfd, F_GETFL, 0);
    if (flags == -1) return -1;
    return fcntl(sfd, F_SETFL, flags | O_NONBLOCK);
}

int main(void)
{
    int pair[2], efd = epoll_create1(EPOLL_CLOEXEC);
    if (efd == -1 || socketpair(AF_UNIX, SOCK_DGRAM, 0, pair) == -1) {
        perror("epoll_create1 or socketpair");
        abort();
    }
    make_socket_non_blocking(pair[0]);
    struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.fd = pair[0]};
    if (epoll_ctl(efd, EPOLL_CTL_ADD, pair[0], &event) == -1) {
        perror("epoll_ctl");
        abort();
    }
    struct epoll_event *events = calloc(64, sizeof event);
    printf("%d ready\n", epoll_wait(efd, events, 64, 0));
    struct iovec iov[2] = {{"wake", 4}, {" up", 3}};
    if (writev(pair[1], iov, 2) != 7) perror("writev");
    if (send(pair[1], "again", 5, MSG_NOSIGNAL) != 5) perror("send");
    printf("%d ready\n", epoll_wait(efd, events, 64, -1));
    char text[4 + 1];
    ssize_t n;
    while ((n = recv(events[0].data.fd, text, sizeof text - 1, 0)) >= 0) printf("%zd: %.*s\n", n, (int)n, text);
    printf("%s\n", errno == EAGAIN ? "no more" : strerror(errno));
    close(pair[0]);
    if (send(pair[1], "lost", 4, 0) < 0) printf("%s\n", strerror(errno));
    free(events);
    close(pair[1]);
    close(efd);
    return 0;
}
