/*
 * Writes what getsockopt(2) and setsockopt(2) do on the kernel it runs on: for every option number
 * from 0 to 80 at four levels, on sockets in six states. It makes a network namespace of its own
 * with a loopback interface, and so needs to be root:
 *
 *     cc -O2 -Wall -o options options.c && ./options >options.txt
 *     ./options 1000 | grep '^IPPROTO_IP/19 ' >unprivileged.txt
 *
 * The second has the options that a program without privileges is refused, as those here are: it is
 * run as another user. A line is "LEVEL/number", the states in which all of it is so, and after a bar what each call
 * gave: "get" with the value on a new socket, "get[n]" with room for n octets; then for each value
 * that is set on a new socket either the error or what is read back ("1[3]" sets the first three
 * octets of a 1). A value of four octets is a number, another its octets and their count, and one
 * that is not the same each time a star. Behind "inherited" stands what a socket that was accepted
 * has of the value set on its listener. Options of which the kernel knows nothing are left out.
 * See OptionTableTest, which makes the same calls in the simulation.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LAST = 80, ROOM = 64, PORT = 8080, LINE = 2048 };

/* Cookies, sequence numbers, ports that the kernel chose, times, processors. */
static const struct {
    int level;
    int option;
} VOLATILE[] = {{SOL_SOCKET, 49}, {SOL_SOCKET, 57}, {IPPROTO_TCP, 11}, {IPPROTO_TCP, 24},
                {IPPROTO_IP, 52}};

static char rows[6][LINE];
static char *out;

static void put(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    out += vsprintf(out, format, arguments);
    va_end(arguments);
}

static int is_volatile(int level, int option) {
    for (unsigned i = 0; i < sizeof VOLATILE / sizeof *VOLATILE; i++)
        if (VOLATILE[i].level == level && VOLATILE[i].option == option) return 1;
    return 0;
}

static const char *STATES[] = {"tcp", "listening", "connected", "accepted", "udp", "udp-connected"};
enum { STATE_COUNT = 6 };

static const struct {
    int level;
    const char *name;
} LEVELS[] = {{SOL_SOCKET, "SOL_SOCKET"}, {IPPROTO_IP, "IPPROTO_IP"}, {IPPROTO_TCP, "IPPROTO_TCP"},
              {IPPROTO_UDP, "IPPROTO_UDP"}};

static const int VALUES[] = {-1, 0, 1, 2, 100, 255, 256, 65536, INT_MAX, INT_MIN};

static void die(const char *what) {
    perror(what);
    exit(1);
}

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int others[2];

/* A socket in a state of its own; what it needs to be there is kept in others. */
static int make(int state) {
    struct sockaddr_in address = loopback(PORT);
    struct sockaddr *to = (struct sockaddr *) &address;
    int one = 1;
    others[0] = others[1] = -1;
    if (state >= 4) {
        int fd = socket(AF_INET, SOCK_DGRAM, 0);
        if (state == 5 && connect(fd, to, sizeof address)) die("connect");
        return fd;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (state == 0) return fd;
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    if (bind(fd, to, sizeof address) || listen(fd, 5)) die("listen");
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){0}, sizeof one);
    if (state == 1) return fd;
    int client = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(client, to, sizeof address)) die("connect");
    int accepted = accept(fd, NULL, NULL);
    if (accepted < 0) die("accept");
    others[0] = fd;
    others[1] = state == 2 ? accepted : client;
    return state == 2 ? client : accepted;
}

static void unmake(int fd) {
    struct linger reset = {1, 0};
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
    for (int i = 0; i < 2; i++) {
        if (others[i] < 0) continue;
        setsockopt(others[i], SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        close(others[i]);
    }
}

static void value(const unsigned char *octets, socklen_t length) {
    int number = 0;
    if (length == 4) {
        memcpy(&number, octets, 4);
        put("%d", number);
        return;
    }
    put("0x");
    for (socklen_t i = 0; i < length && i < 36; i++) put("%02x", octets[i]);
    put("/%d", (int) length);
}

static void get(int fd, int level, int option, int room) {
    unsigned char octets[ROOM];
    memset(octets, 0xEE, sizeof octets);
    socklen_t length = room;
    if (getsockopt(fd, level, option, octets, &length)) put("%s", strerrorname_np(errno));
    else if (is_volatile(level, option)) put("*/%d", (int) length);
    else value(octets, length);
}

static void set(int state, int level, int option, int number, int length) {
    unsigned char octets[ROOM] = {0};
    memcpy(octets, &number, 4);
    int fd = make(state);
    if (length == 4) put(" %d:", number);
    else put(" %d[%d]:", number, length);
    if (setsockopt(fd, level, option, octets, length)) put("%s", strerrorname_np(errno));
    else get(fd, level, option, ROOM);
    unmake(fd);
}

static int known(int state, int level, int option) {
    unsigned char octets[ROOM] = {0};
    socklen_t length = ROOM;
    int fd = make(state);
    int got = getsockopt(fd, level, option, octets, &length) ? errno : 0;
    octets[0] = 1;
    int put = setsockopt(fd, level, option, octets, 4) ? errno : 0;
    unmake(fd);
    int no = (got == ENOPROTOOPT || got == EOPNOTSUPP) && put == ENOPROTOOPT;
    return !no;
}

static void row(int state, int level, int option) {
    out = rows[state];
    put("get:");
    int fd = make(state);
    get(fd, level, option, ROOM);
    for (int room = -1; room < 3; room++) {
        put(" get[%d]:", room);
        get(fd, level, option, room);
    }
    unmake(fd);
    for (unsigned i = 0; i < sizeof VALUES / sizeof *VALUES; i++)
        set(state, level, option, VALUES[i], 4);
    for (int length = 0; length < 4; length++) set(state, level, option, 1, length);
    set(state, level, option, 1, 8);
    set(state, level, option, 1, 16);
}

/* What a socket that was accepted has of what was set on its listener, in 16 octets. */
static void inherit(int level, int option, int number) {
    struct sockaddr_in address = loopback(PORT);
    struct sockaddr *to = (struct sockaddr *) &address;
    unsigned char octets[ROOM] = {0};
    memcpy(octets, &number, 4);
    int listener = make(1);
    if (setsockopt(listener, level, option, octets, 16) == 0) {
        int client = socket(AF_INET, SOCK_STREAM, 0);
        struct timeval soon = {0, 50000}; /* some options keep every SYN out */
        setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &soon, sizeof soon);
        if (connect(client, to, sizeof address) == 0 && write(client, "x", 1) == 1) {
            int accepted = accept(listener, NULL, NULL);
            put(" %d:", number);
            get(accepted, level, option, ROOM);
            unmake(accepted);
        }
        others[0] = others[1] = -1;
        unmake(client);
    }
    unmake(listener);
}

static void inheritance(const char *name, int level, int option) {
    out = rows[0];
    *out = 0;
    inherit(level, option, 0);
    inherit(level, option, 1);
    inherit(level, option, 100);
    inherit(level, option, 65536);
    if (out != rows[0]) printf("%s/%d inherited |%s\n", name, option, rows[0]);
}

static void print(const char *level, int option) {
    for (int state = 0; state < STATE_COUNT; state++) {
        if (rows[state][0] == 0) continue;
        printf("%s/%d", level, option);
        for (int other = state; other < STATE_COUNT; other++)
            if (strcmp(rows[state], rows[other]) == 0) printf(" %s", STATES[other]);
        printf(" | %s\n", rows[state]);
        for (int other = STATE_COUNT - 1; other >= state; other--)
            if (strcmp(rows[state], rows[other]) == 0) rows[other][0] = 0;
    }
}

int main(int count, char **arguments) {
    if (unshare(CLONE_NEWNET)) die("unshare");
    int control = socket(AF_INET, SOCK_DGRAM, 0);
    struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
    if (ioctl(control, SIOCSIFFLAGS, &request)) die("lo");
    close(control);
    int algorithm = open("/proc/sys/net/ipv4/tcp_congestion_control", O_WRONLY);
    if (algorithm < 0 || write(algorithm, "cubic", 5) < 0) fprintf(stderr, "cubic is not there\n");
    close(algorithm);
    if (count > 1 && setuid(atoi(arguments[1]))) die("setuid");
    for (unsigned l = 0; l < sizeof LEVELS / sizeof *LEVELS; l++) {
        for (int option = 0; option <= LAST; option++) {
            for (int state = 0; state < STATE_COUNT; state++) {
                rows[state][0] = 0;
                if (known(state, LEVELS[l].level, option)) row(state, LEVELS[l].level, option);
            }
            print(LEVELS[l].name, option);
            if (known(1, LEVELS[l].level, option))
                inheritance(LEVELS[l].name, LEVELS[l].level, option);
        }
    }
    return 0;
}
