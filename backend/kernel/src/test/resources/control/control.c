/*
 * Writes what control messages of datagram sockets do on the kernel it runs on. It makes a network
 * namespace of its own with a loopback interface, and so needs to be root:
 *
 *     cc -O2 -Wall -o control control.c && ./control >control.txt
 *
 * Datagrams go from one socket to another over the loopback, by IPv4 ("4"), by IPv6 ("6"), from an
 * AF_INET socket to an AF_INET6 one ("4to6"), or between two AF_INET6 sockets by IPv4 ("mapped").
 * The receiver asks for all there is at its levels. A line is one of
 *
 *     room PATH OCTETS | MSG_FLAGS MSG_CONTROL     recvmsg(2) with msg_control of so many octets
 *     send PATH LEVEL/TYPE DATA | RESULT           sendmsg(2) with one control message, and what
 *                                                  recvmsg(2) tells of the datagram then
 *     error PATH | MSG_FLAGS MSG_CONTROL           recvmsg(MSG_ERRQUEUE) of a port unreachable
 *
 * Octets are written in hexadecimal, and "-" for none. See ControlTableTest, which makes the same
 * calls in the simulation.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { ROOM = 256, SOL_UDP_LEVEL = 17, IPV6_RECVORIGDSTADDR_74 = 74, UDP_SEGMENT_103 = 103 };

static const struct path {
    const char *name;
    int sender, receiver;
    const char *to;
} PATHS[] = {{"4", AF_INET, AF_INET, "127.0.0.1"},
             {"6", AF_INET6, AF_INET6, "::1"},
             {"4to6", AF_INET, AF_INET6, "127.0.0.1"},
             {"mapped", AF_INET6, AF_INET6, "::ffff:127.0.0.1"}};

static void die(const char *what) {
    perror(what);
    exit(1);
}

static socklen_t address(struct sockaddr_storage *out, int family, const char *text, int port) {
    memset(out, 0, sizeof *out);
    if (family == AF_INET) {
        struct sockaddr_in *in = (struct sockaddr_in *) out;
        in->sin_family = AF_INET;
        in->sin_port = htons(port);
        inet_pton(AF_INET, text, &in->sin_addr);
        return sizeof *in;
    }
    struct sockaddr_in6 *in6 = (struct sockaddr_in6 *) out;
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(port);
    inet_pton(AF_INET6, text, &in6->sin6_addr);
    return sizeof *in6;
}

static void on(int fd, int level, int option) {
    int one = 1;
    if (setsockopt(fd, level, option, &one, sizeof one)) die("setsockopt");
}

static void ask(int fd, int family) {
    if (family == AF_INET6) {
        on(fd, IPPROTO_IPV6, IPV6_RECVORIGDSTADDR_74);
        on(fd, IPPROTO_IPV6, IPV6_RECVTCLASS);
        on(fd, IPPROTO_IPV6, IPV6_RECVHOPLIMIT);
        on(fd, IPPROTO_IPV6, IPV6_RECVPKTINFO);
    }
    on(fd, IPPROTO_IP, IP_ORIGDSTADDR);
    on(fd, IPPROTO_IP, IP_RECVTOS);
    on(fd, IPPROTO_IP, IP_RECVTTL);
    on(fd, IPPROTO_IP, IP_PKTINFO);
}

static void hex(const unsigned char *octets, size_t count) {
    if (count == 0) printf("-");
    for (size_t i = 0; i < count; i++) printf("%02x", octets[i]);
}

static void receive(int fd, int room, int flags) {
    unsigned char control[512] = {0};
    char data[100];
    struct iovec iov = {data, sizeof data};
    struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1, .msg_control = control};
    message.msg_controllen = room;
    if (recvmsg(fd, &message, flags | MSG_DONTWAIT) < 0) {
        printf("%s\n", strerrorname_np(errno));
        return;
    }
    printf("0x%x ", message.msg_flags);
    hex(control, message.msg_controllen);
    printf("\n");
}

static void rooms(const struct path *path, int sender, int receiver) {
    struct sockaddr_storage to;
    socklen_t length = address(&to, path->sender, path->to, 7000);
    for (int room = 0; room <= 168; room += 4) {
        if (sendto(sender, "x", 1, 0, (struct sockaddr *) &to, length) != 1) die("sendto");
        printf("room %s %d | ", path->name, room);
        receive(receiver, room, 0);
    }
}

static void attempt(const struct path *path, int sender, int receiver, int level, int type, const void *data,
                    int count) {
    struct sockaddr_storage to;
    unsigned char control[ROOM] = {0};
    struct iovec iov = {"x", 1};
    struct msghdr message = {.msg_name = &to, .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control};
    message.msg_namelen = address(&to, path->sender, path->to, 7000);
    message.msg_controllen = CMSG_SPACE(count);
    struct cmsghdr *one = CMSG_FIRSTHDR(&message);
    one->cmsg_level = level;
    one->cmsg_type = type;
    one->cmsg_len = CMSG_LEN(count);
    memcpy(CMSG_DATA(one), data, count);
    printf("send %s %d/%d ", path->name, level, type);
    hex(data, count);
    printf(" | ");
    if (sendmsg(sender, &message, 0) < 0) printf("%s\n", strerrorname_np(errno));
    else receive(receiver, ROOM, 0);
}

static void sends(const struct path *path, int sender, int receiver) {
    static const int LEVELS[] = {SOL_SOCKET, IPPROTO_IP, IPPROTO_TCP, SOL_UDP_LEVEL, IPPROTO_IPV6};
    static const int VALUES[] = {-2, -1, 0, 1, 2, 6, 255, 256};
    static const struct {
        int level, type;
    } KNOWN[] = {{IPPROTO_IP, IP_TTL},          {IPPROTO_IP, IP_TOS},         {IPPROTO_IPV6, IPV6_HOPLIMIT},
                 {IPPROTO_IPV6, IPV6_TCLASS},   {IPPROTO_IPV6, IPV6_DONTFRAG}, {SOL_SOCKET, SO_MARK},
                 {SOL_SOCKET, SO_PRIORITY},     {SOL_SOCKET, SO_TIMESTAMPING}};
    static const char *SOURCES[] = {"0.0.0.0",   "127.0.0.1",       "127.0.0.2",
                                    "192.0.2.9", "255.255.255.255", "224.0.0.1"};
    static const char *SOURCES6[] = {"::", "::1", "2001:db8::9", "ff02::1", "::ffff:127.0.0.2", "::ffff:0.0.0.0"};
    static const int INDICES[] = {0, 1, 77, -1};
    for (unsigned k = 0; k < sizeof KNOWN / sizeof *KNOWN; k++) {
        for (unsigned v = 0; v < sizeof VALUES / sizeof *VALUES; v++)
            attempt(path, sender, receiver, KNOWN[k].level, KNOWN[k].type, &VALUES[v], 4);
        for (int count = 0; count < 4; count++)
            attempt(path, sender, receiver, KNOWN[k].level, KNOWN[k].type, "\1\0\0", count);
        attempt(path, sender, receiver, KNOWN[k].level, KNOWN[k].type, "\1\0\0\0\0\0\0", 8);
    }
    for (unsigned l = 0; l < sizeof LEVELS / sizeof *LEVELS; l++) /* one that no level has */
        attempt(path, sender, receiver, LEVELS[l], 99, "\1\0\0", 4);
    attempt(path, sender, receiver, SOL_SOCKET, SCM_RIGHTS, "\0\0\0", 4);
    attempt(path, sender, receiver, SOL_UDP_LEVEL, UDP_SEGMENT_103, "\1", 2);
    attempt(path, sender, receiver, SOL_UDP_LEVEL, UDP_SEGMENT_103, "\1\0\0", 4);
    for (unsigned i = 0; i < sizeof INDICES / sizeof *INDICES; i++) {
        for (unsigned s = 0; s < sizeof SOURCES / sizeof *SOURCES; s++) {
            struct in_pktinfo info = {.ipi_ifindex = INDICES[i]};
            inet_pton(AF_INET, SOURCES[s], &info.ipi_spec_dst);
            attempt(path, sender, receiver, IPPROTO_IP, IP_PKTINFO, &info, sizeof info);
        }
        for (unsigned s = 0; s < sizeof SOURCES6 / sizeof *SOURCES6; s++) {
            struct in6_pktinfo info = {.ipi6_ifindex = INDICES[i]};
            inet_pton(AF_INET6, SOURCES6[s], &info.ipi6_addr);
            attempt(path, sender, receiver, IPPROTO_IPV6, IPV6_PKTINFO, &info, sizeof info);
        }
    }
    attempt(path, sender, receiver, IPPROTO_IP, IP_PKTINFO, "\0\0\0\0\0\0\0", 8);
    attempt(path, sender, receiver, IPPROTO_IPV6, IPV6_PKTINFO, "\0\0\0\0\0\0\0\0\0\0\0", 12);
}

static void unreachable(const struct path *path) {
    struct sockaddr_storage to;
    int fd = socket(path->sender, SOCK_DGRAM, 0);
    ask(fd, path->sender);
    on(fd, IPPROTO_IP, IP_RECVERR);
    if (path->sender == AF_INET6) on(fd, IPPROTO_IPV6, IPV6_RECVERR);
    socklen_t length = address(&to, path->sender, path->to, 9);
    sendto(fd, "x", 1, 0, (struct sockaddr *) &to, length);
    printf("error %s | ", path->name);
    receive(fd, ROOM, MSG_ERRQUEUE);
    close(fd);
}

int main(void) {
    if (unshare(CLONE_NEWNET)) die("unshare");
    int control = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    if (ioctl(control, SIOCSIFFLAGS, &request)) die("lo");
    for (unsigned p = 0; p < sizeof PATHS / sizeof *PATHS; p++) {
        const struct path *path = &PATHS[p];
        struct sockaddr_storage any;
        int receiver = socket(path->receiver, SOCK_DGRAM, 0);
        socklen_t length = address(&any, path->receiver, path->receiver == AF_INET ? "0.0.0.0" : "::", 7000);
        if (bind(receiver, (struct sockaddr *) &any, length)) die("bind");
        ask(receiver, path->receiver);
        int sender = socket(path->sender, SOCK_DGRAM, 0);
        rooms(path, sender, receiver);
        sends(path, sender, receiver);
        unreachable(path);
        close(sender);
        close(receiver);
    }
    return 0;
}
