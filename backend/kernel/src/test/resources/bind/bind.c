/*
 * Writes which second socket Linux lets bind(2) to the port of a first, on the kernel it runs on,
 * for every state of the first, every combination of SO_REUSEADDR and SO_REUSEPORT, and addresses
 * that overlap or do not. It makes a network namespace of its own with a loopback interface, and so
 * needs to be root:
 *
 *     cc -O2 -Wall -o bind bind.c && ./bind >linux.txt
 *
 * A line is the protocol, the first socket's state, its address and the second's ("any", "own",
 * "other"), and behind a bar what came of each of 16 combinations: the first's options are the row
 * ("-", "a" for SO_REUSEADDR, "p" for SO_REUSEPORT, "ap"), the second's the column. A result is
 * "B" where bind succeeds and listen then too, "b" where bind succeeds and listen fails, "." where
 * bind fails with EADDRINUSE, and "!" for anything else. A datagram socket that binds is a "B".
 */
#define _GNU_SOURCE
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

static const char *OPTIONS[] = {"-", "a", "p", "ap"};
static const char *ADDRESSES[] = {"any", "own", "other"};
static const unsigned VALUES[] = {INADDR_ANY, 0x7F000001, 0x7F000002};
enum { PEER = 9000, OPTION_COUNT = 4, ADDRESS_COUNT = 3 };

enum state { BOUND, LISTENING, CONNECTED, ACCEPTED, TIME_WAIT, UDP_BOUND, UDP_CONNECTED, STATES };
static const char *NAMES[] = {"tcp bound",     "tcp listening", "tcp connected", "tcp accepted",
                              "tcp time-wait", "udp bound",     "udp connected"};

static int port = 10000;
static int kept[4];
static int keeping;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static int keep(int fd) {
    kept[keeping++] = fd;
    return fd;
}

static int make(int type, int options) {
    int one = 1;
    int fd = keep(socket(AF_INET, type, 0));
    if (options & 1) setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (options & 2) setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one);
    return fd;
}

static int join(int (*call)(int, const struct sockaddr *, socklen_t), int fd, unsigned address,
                int to) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(to)};
    a.sin_addr.s_addr = htonl(address);
    return call(fd, (struct sockaddr *) &a, sizeof a);
}

/* The peer that the first socket connects to, or a client of it. */
static void connected(int type, int fd, unsigned address) {
    if (type == SOCK_DGRAM) {
        if (join(connect, fd, 0x7F000001, PEER)) die("connect");
        return;
    }
    int listener = make(SOCK_STREAM, 1);
    if (join(bind, listener, INADDR_ANY, PEER) || listen(listener, 1)) die("peer");
    if (join(connect, fd, address ? address : 0x7F000001, PEER)) die("connect");
    keep(accept(listener, NULL, NULL));
}

static void first(enum state state, int options, unsigned address) {
    int type = state >= UDP_BOUND ? SOCK_DGRAM : SOCK_STREAM;
    int fd = make(type, options);
    if (join(bind, fd, address, port)) die("first bind");
    switch (state) {
    case LISTENING:
        if (listen(fd, 1)) die("listen");
        break;
    case CONNECTED:
    case UDP_CONNECTED:
        connected(type, fd, address);
        break;
    case TIME_WAIT:
        connected(type, fd, address);
        close(fd);
        close(kept[2]);
        break;
    case ACCEPTED: {
        if (listen(fd, 1)) die("listen");
        int client = make(SOCK_STREAM, 0);
        if (join(connect, client, address ? address : 0x7F000001, port)) die("client");
        keep(accept(fd, NULL, NULL));
        close(fd);
        break;
    }
    default:
        break;
    }
}

static char second(int type, int options, unsigned address) {
    int fd = make(type, options);
    if (join(bind, fd, address, port)) return errno == EADDRINUSE ? '.' : '!';
    if (type == SOCK_DGRAM || listen(fd, 1) == 0) return 'B';
    return errno == EADDRINUSE ? 'b' : '!';
}

int main(void) {
    if (unshare(CLONE_NEWNET)) die("unshare");
    int control = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    if (ioctl(control, SIOCSIFFLAGS, &request)) die("lo");
    for (int state = 0; state < STATES; state++)
        for (int a = 0; a < 2; a++)
            for (int b = 0; b < ADDRESS_COUNT; b++) {
                printf("%s %s %s |", NAMES[state], ADDRESSES[a], ADDRESSES[b]);
                for (int x = 0; x < OPTION_COUNT; x++) {
                    printf(" %s:", OPTIONS[x]);
                    for (int y = 0; y < OPTION_COUNT; y++) {
                        keeping = 0;
                        first(state, x, VALUES[a]);
                        putchar(second(state >= UDP_BOUND ? SOCK_DGRAM : SOCK_STREAM, y, VALUES[b]));
                        while (keeping > 0) close(kept[--keeping]);
                        port++;
                    }
                }
                printf("\n");
            }
    return 0;
}
