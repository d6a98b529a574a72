/*
 * What goes beside datagrams: without a name it is a server, which says by IP_PKTINFO and IP_RECVTTL how each came and
 * answers from the address that it was sent to; with a name, a client that says how far each may go, and reads from the
 * error queue what became of one for a port where nobody listens.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <linux/errqueue.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void on(int fd, int option)
{
    int one = 1;
    if (setsockopt(fd, IPPROTO_IP, option, &one, sizeof one) < 0) perror("setsockopt");
}

static void tell(struct cmsghdr *cmsg)
{
    if (cmsg->cmsg_level != IPPROTO_IP) return;
    if (cmsg->cmsg_type == IP_TTL) {
        int ttl;
        memcpy(&ttl, CMSG_DATA(cmsg), sizeof ttl);
        printf(" ttl %d", ttl);
    } else if (cmsg->cmsg_type == IP_TOS) {
        printf(" tos %#x", *CMSG_DATA(cmsg));
    } else if (cmsg->cmsg_type == IP_PKTINFO) {
        struct in_pktinfo info;
        char to[INET_ADDRSTRLEN];
        memcpy(&info, CMSG_DATA(cmsg), sizeof info);
        printf(" to %s by %d", inet_ntop(AF_INET, &info.ipi_addr, to, sizeof to), info.ipi_ifindex);
    } else if (cmsg->cmsg_type == IP_RECVERR) {
        struct sock_extended_err *error = (struct sock_extended_err *)CMSG_DATA(cmsg);
        struct sockaddr_in *offender = (struct sockaddr_in *)SO_EE_OFFENDER(error);
        char by[INET_ADDRSTRLEN];
        printf(" %s, type %d code %d, says %s", strerror(error->ee_errno), error->ee_type, error->ee_code,
               inet_ntop(AF_INET, &offender->sin_addr, by, sizeof by));
    }
}

static ssize_t receive(int fd, struct sockaddr_in *from, size_t room, int flags)
{
    union {
        char octets[256];
        struct cmsghdr aligned;
    } control;
    char data[100];
    struct iovec iov = {data, sizeof data};
    struct msghdr message = {.msg_name = from, .msg_namelen = sizeof *from, .msg_iov = &iov, .msg_iovlen = 1};
    message.msg_control = control.octets;
    message.msg_controllen = room;
    ssize_t n = recvmsg(fd, &message, flags);
    if (n < 0) {
        perror("recvmsg");
        return n;
    }
    printf("%.*s:", (int)n, data);
    for (struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message); cmsg; cmsg = CMSG_NXTHDR(&message, cmsg)) tell(cmsg);
    printf("%s\n", message.msg_flags & MSG_CTRUNC ? " and no room for the rest" : "");
    return n;
}

/* A datagram with one control message. */
static void send_with(int fd, struct sockaddr_in *to, const char *text, int type, const void *value, size_t length)
{
    union {
        char octets[CMSG_SPACE(sizeof(struct in_pktinfo))];
        struct cmsghdr aligned;
    } control = {{0}};
    struct iovec iov = {(void *)text, strlen(text)};
    struct msghdr message = {.msg_name = to, .msg_namelen = sizeof *to, .msg_iov = &iov, .msg_iovlen = 1};
    message.msg_control = control.octets;
    message.msg_controllen = CMSG_SPACE(length);
    struct cmsghdr *cmsg = CMSG_FIRSTHDR(&message);
    cmsg->cmsg_level = IPPROTO_IP;
    cmsg->cmsg_type = type;
    cmsg->cmsg_len = CMSG_LEN(length);
    memcpy(CMSG_DATA(cmsg), value, length);
    if (sendmsg(fd, &message, 0) < 0) printf("%s: %s\n", text, strerror(errno));
}

static int server(int fd)
{
    struct sockaddr_in from, any = {.sin_family = AF_INET, .sin_port = htons(7000)};
    struct in_pktinfo info = {0};
    if (bind(fd, (struct sockaddr *)&any, sizeof any) < 0) perror("bind");
    on(fd, IP_RECVTOS);
    on(fd, IP_RECVTTL);
    on(fd, IP_PKTINFO);
    inet_pton(AF_INET, "10.0.0.2", &info.ipi_spec_dst);
    receive(fd, &from, 256, 0);
    send_with(fd, &from, "answer", IP_PKTINFO, &info, sizeof info);
    receive(fd, &from, 256, 0);
    receive(fd, &from, 256, 0);
    receive(fd, &from, CMSG_SPACE(sizeof info) + CMSG_SPACE(sizeof(int)), 0);
    return 0;
}

int main(int argc, char *argv[])
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (argc < 2) return server(fd);
    struct sockaddr_in from, to = {.sin_family = AF_INET, .sin_port = htons(7000)};
    inet_pton(AF_INET, argv[1], &to.sin_addr);
    int far = 7, too_far = 256;
    unsigned char service = 0x10;
    struct in_pktinfo wrong = {.ipi_ifindex = 77}, other = {0};
    on(fd, IP_RECVTTL);
    on(fd, IP_PKTINFO);
    send_with(fd, &to, "first", IP_TTL, &far, sizeof far);
    receive(fd, &from, 256, 0);
    send_with(fd, &to, "second", IP_TOS, &service, sizeof service);
    send_with(fd, &to, "never", IP_TTL, &too_far, sizeof too_far);
    send_with(fd, &to, "never", IP_PKTINFO, &wrong, sizeof wrong);
    inet_pton(AF_INET, "192.0.2.1", &other.ipi_spec_dst);
    send_with(fd, &to, "never", IP_PKTINFO, &other, sizeof other);
    send_with(fd, &to, "third", IP_TTL, &far, sizeof far);
    sendto(fd, "last", 4, 0, (struct sockaddr *)&to, sizeof to);
    on(fd, IP_RECVERR);
    to.sin_port = htons(9);
    sendto(fd, "lost", 4, 0, (struct sockaddr *)&to, sizeof to);
    struct pollfd error = {.fd = fd};
    poll(&error, 1, 1000);
    receive(fd, &from, 256, MSG_ERRQUEUE);
    return 0;
}
