/*
 * Headers and text by one sendmsg() of several iovecs, and taken apart by recvmsg(); MSG_PEEK, MSG_WAITALL, MSG_TRUNC,
 * and what readv() leaves. "iovecs serve" takes one client's and a datagram.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

struct header {
    uint16_t type;
    uint16_t length;
    uint32_t id;
} __attribute__((packed));

static int serve(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(7100)}, from;
    int listener = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(udp, (struct sockaddr *)&here, sizeof here) < 0 || bind(listener, (struct sockaddr *)&here, sizeof here) < 0 ||
        listen(listener, 1) < 0) {
        perror("bind or listen");
        return 1;
    }
    int fd = accept(listener, NULL, NULL);
    struct header h;
    char text[64], rest[8];
    ssize_t n;
    while ((n = recv(fd, &h, sizeof h, MSG_PEEK | MSG_WAITALL)) == sizeof h) {
        size_t length = ntohs(h.length);
        struct iovec iov[2] = {{&h, sizeof h}, {text, length}};
        struct msghdr msg = {.msg_iov = iov, .msg_iovlen = 2};
        n = recvmsg(fd, &msg, MSG_WAITALL);
        printf("%zd of type %d, id %x: %.*s, flags %x, name of %d\n", n, ntohs(h.type), (unsigned)ntohl(h.id), (int)length,
               text, (unsigned)msg.msg_flags, (int)msg.msg_namelen);
    }
    printf("end: %zd\n", n);
    struct iovec small[2] = {{text, 4}, {rest, 0}};
    struct msghdr msg = {.msg_name = &from, .msg_namelen = sizeof from, .msg_iov = small, .msg_iovlen = 2};
    n = recvmsg(udp, &msg, MSG_TRUNC);
    printf("%zd, truncated %d, from port of %d octets\n", n, (msg.msg_flags & MSG_TRUNC) != 0, (int)msg.msg_namelen);
    small[1].iov_len = sizeof rest;
    memset(rest, '.', sizeof rest);
    n = readv(udp, small, 2);
    printf("%zd: %.4s and %.8s\n", n, text, rest);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "serve") == 0) return serve();
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(7100)};
    inet_pton(AF_INET, argv[1], &there.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0), udp = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0) {
        perror("connect");
        return 1;
    }
    char *words[] = {"one", "two and more", ""};
    for (int i = 0; i < 3; i++) {
        struct header h = {htons(i + 1), htons(strlen(words[i])), htonl(0xc0ffee + i)};
        struct iovec iov[] = {{&h, 2}, {(char *)&h + 2, sizeof h - 2}, {words[i], strlen(words[i])}};
        struct msghdr msg = {.msg_iov = iov, .msg_iovlen = 3};
        printf("sent %zd\n", sendmsg(fd, &msg, 0));
    }
    struct msghdr wrong = {.msg_iov = NULL, .msg_iovlen = 1};
    if (sendmsg(fd, &wrong, 0) < 0) perror("no iovecs");
    wrong.msg_iovlen = 2000;
    if (sendmsg(fd, &wrong, 0) < 0) perror("too many");
    if (recvmsg(fd, &wrong, MSG_DONTWAIT) < 0) perror("too many");
    struct iovec iov[] = {{"abc", 3}, {NULL, 0}, {"defgh", 5}};
    if (writev(fd, iov, 2000) < 0) perror("writev of 2000");
    struct msghdr datagram = {.msg_name = &there, .msg_namelen = sizeof there, .msg_iov = iov, .msg_iovlen = 3};
    printf("datagram of %zd\n", sendmsg(udp, &datagram, 0));
    printf("datagram of %zd\n", sendmsg(udp, &datagram, 0));
    datagram.msg_name = NULL;
    if (sendmsg(udp, &datagram, 0) < 0) perror("nowhere");
    close(fd);
    return 0;
}
