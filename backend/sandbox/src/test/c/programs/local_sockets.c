/* What two connected sockets of one host say to one another, and how they end. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int pair[2];

static void make(int type)
{
    if (socketpair(AF_UNIX, type, 0, pair) < 0) {
        perror("socketpair");
        exit(1);
    }
}

static void both_closed(void)
{
    close(pair[0]);
    close(pair[1]);
}

static void received(ssize_t n, const char *text)
{
    if (n < 0) printf("%s\n", strerror(errno));
    else printf("%zd \"%.*s\"\n", n, (int)n, text);
}

static void stream(void)
{
    char text[64];
    int waiting = 0, type = 0;
    socklen_t length = sizeof type;
    make(SOCK_STREAM);
    getsockopt(pair[0], SOL_SOCKET, SO_TYPE, &type, &length);
    printf("stream: type %d\n", type == SOCK_STREAM);
    send(pair[0], "one", 3, 0);
    send(pair[0], "two", 3, 0);
    ioctl(pair[1], FIONREAD, &waiting);
    printf("%d wait\n", waiting);
    received(recv(pair[1], text, 4, MSG_PEEK), text);
    received(recv(pair[1], text, 4, 0), text);
    received(recv(pair[1], text, sizeof text, 0), text);
    received(recv(pair[1], text, sizeof text, MSG_DONTWAIT), text);
    shutdown(pair[0], SHUT_WR);
    received(recv(pair[1], text, sizeof text, 0), text);
    received(send(pair[0], "more", 4, MSG_NOSIGNAL), text);
    received(send(pair[1], "still", 5, MSG_NOSIGNAL), "still");
    received(recv(pair[0], text, sizeof text, 0), text);
    struct pollfd polled = {.fd = pair[1], .events = POLLIN | POLLOUT | POLLRDHUP};
    poll(&polled, 1, 0);
    printf("in %d out %d rdhup %d hup %d\n", !!(polled.revents & POLLIN), !!(polled.revents & POLLOUT),
           !!(polled.revents & POLLRDHUP), !!(polled.revents & POLLHUP));
    both_closed();

    make(SOCK_STREAM);
    send(pair[0], "unread", 6, 0);
    close(pair[1]);
    received(recv(pair[0], text, sizeof text, 0), text);
    received(recv(pair[0], text, sizeof text, 0), text);
    received(send(pair[0], "gone", 4, MSG_NOSIGNAL), text);
    polled = (struct pollfd){.fd = pair[0], .events = POLLIN | POLLOUT};
    poll(&polled, 1, 0);
    printf("in %d hup %d\n", !!(polled.revents & POLLIN), !!(polled.revents & POLLHUP));
    close(pair[0]);
}

static void messages(int type, const char *name)
{
    char text[64];
    make(type);
    printf("%s\n", name);
    send(pair[0], "first", 5, 0);
    send(pair[0], "second", 6, 0);
    struct iovec iov = {text, 3};
    struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
    received(recvmsg(pair[1], &message, 0), text);
    printf("truncated %d\n", !!(message.msg_flags & MSG_TRUNC));
    received(recv(pair[1], text, sizeof text, 0), text);
    received(recv(pair[1], text, sizeof text, MSG_DONTWAIT), text);
    close(pair[1]);
    received(send(pair[0], "gone", 4, MSG_NOSIGNAL), text);
    received(recv(pair[0], text, sizeof text, MSG_DONTWAIT), text);
    close(pair[0]);
}

static void refused(int domain, int type, int protocol)
{
    if (socketpair(domain, type, protocol, pair) < 0) printf("%s\n", strerror(errno));
    else both_closed();
}

int main(void)
{
    signal(SIGPIPE, SIG_IGN);
    stream();
    messages(SOCK_DGRAM, "datagrams");
    messages(SOCK_SEQPACKET, "packets");
    refused(AF_INET, SOCK_STREAM, 0);
    refused(AF_UNIX, SOCK_STREAM, 6);
    refused(4711, SOCK_STREAM, 0);
    make(SOCK_STREAM | SOCK_NONBLOCK);
    printf("non-blocking %d\n", !!(fcntl(pair[1], F_GETFL) & O_NONBLOCK));
    struct sockaddr_storage name;
    socklen_t length = sizeof name;
    if (listen(pair[0], 5) < 0) printf("%s\n", strerror(errno));
    if (accept(pair[0], (struct sockaddr *)&name, &length) < 0) printf("%s\n", strerror(errno));
    both_closed();
    return 0;
}
