/* Lengths and pointers that are nobody's. */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
#include <netinet/in.h>

#define MANY 1024
#define SAY(call) say(#call, call)

static char buffer[1 << 20];

static void say(const char *call, long result)
{
    printf("%s = %ld %s\n", call, result, result < 0 ? strerror(errno) : "");
}

int main(void)
{
    void *end = (void *)(uintptr_t)0xFFFFFFFF;
    int udp = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(9)};
    socklen_t length = -1;
    static struct iovec many[MANY];
    struct msghdr message = {.msg_iov = many, .msg_iovlen = MANY};

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    SAY(sendto(udp, buffer, 0x7FFFFFFF, 0, (void *)&address, sizeof address));
    SAY(sendto(udp, buffer, 0xFFFFFFFF, 0, (void *)&address, sizeof address));
    SAY(sendto(udp, end, 1, 0, (void *)&address, sizeof address));
    SAY(sendto(udp, buffer, 1, 0, end, sizeof address));
    SAY(sendto(udp, buffer, 1, 0, (void *)&address, 0x7FFFFFFF));
    SAY(recv(udp, end, 1, MSG_DONTWAIT));
    SAY(recv(udp, buffer, 0xFFFFFFFF, MSG_DONTWAIT));
    SAY(bind(udp, end, sizeof address));
    SAY(getsockname(udp, (void *)&address, &length));
    SAY(getsockopt(udp, SOL_SOCKET, SO_TYPE, buffer, &length));
    SAY(setsockopt(udp, SOL_SOCKET, SO_REUSEADDR, end, 4));
    SAY(setsockopt(udp, SOL_SOCKET, SO_REUSEADDR, buffer, -1));
    SAY(poll(end, 1, 0));
    SAY(poll((void *)buffer, 0x7FFFFFFF, 0));
    SAY(select(-1, NULL, NULL, NULL, NULL));
    SAY(select(100, end, NULL, NULL, NULL));
    SAY(epoll_wait(epoll_create1(0), end, INT_MAX, 0));
    SAY(pipe(end));
    SAY(write(1, end, 1));
    /* a gigabyte, which is a thousand times the same */
    for (int i = 0; i < MANY; i++)
        many[i] = (struct iovec){buffer, sizeof buffer};
    SAY(writev(udp, many, MANY));
    SAY(sendmsg(udp, &message, 0));
    for (int i = 0; i < MANY; i++)
        many[i] = (struct iovec){buffer, 0x7FFFFFFF};
    SAY(writev(udp, many, MANY));
    SAY(writev(udp, many, -1));
    SAY(writev(udp, end, 1));
    return 0;
}
