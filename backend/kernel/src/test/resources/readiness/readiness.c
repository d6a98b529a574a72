/*
 * Does the calls of a readiness table on the kernel it runs on, and writes the table again with what
 * they gave. It makes a network namespace of its own, with a loopback interface and a tun device
 * that nobody reads, and so needs to be root:
 *
 *     cc -O2 -Wall -o readiness readiness.c && ./readiness <sockets.txt
 *
 * With a number, each case has a network namespace of its own, and "settle" lets so many
 * microseconds pass instead of 120,000: ./readiness 5000 <programs.txt
 *
 * A line is a command, and what it gave behind " = ", which is ignored when it is read. See
 * ReadinessTableTest for what does the same in the simulation.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_tun.h>
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SETTLE_US = 120000, MOST = 64, STATES = 12 };

static int settle_us = SETTLE_US;

struct file {
    char name[16];
    int fd;
};

static struct file files[MOST];
static int count;

static const struct {
    int bit;
    const char *name;
} EVENTS[] = {
    {EPOLLIN, "IN"},         {EPOLLPRI, "PRI"},       {EPOLLOUT, "OUT"},
    {EPOLLERR, "ERR"},       {EPOLLHUP, "HUP"},       {POLLNVAL, "NVAL"},
    {EPOLLRDNORM, "RDNORM"}, {EPOLLRDBAND, "RDBAND"}, {EPOLLWRNORM, "WRNORM"},
    {EPOLLWRBAND, "WRBAND"}, {EPOLLRDHUP, "RDHUP"},   {EPOLLEXCLUSIVE, "EXCLUSIVE"},
    {EPOLLWAKEUP, "WAKEUP"}, {EPOLLONESHOT, "ONESHOT"}, {EPOLLET, "ET"},
};

static const int ASKED = POLLIN | POLLPRI | POLLOUT | POLLRDNORM | POLLRDBAND | POLLWRNORM
                         | POLLWRBAND | POLLRDHUP;

static void die(const char *what) {
    perror(what);
    exit(1);
}

static struct file *find(const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(files[i].name, name) == 0) return &files[i];
    return NULL;
}

/* A number is itself; a name that is not known is a descriptor that is not open. */
static int fd_of(const char *name) {
    if (name == NULL) die("a name is missing");
    if (*name == '-' || (*name >= '0' && *name <= '9')) return atoi(name);
    struct file *file = find(name);
    return file == NULL ? 1000000 : file->fd;
}

static void keep(const char *name, int fd) {
    struct file *file = find(name);
    if (file == NULL) file = &files[count++];
    snprintf(file->name, sizeof file->name, "%s", name);
    file->fd = fd;
}

static void forget_all(void) {
    for (int i = 0; i < count; i++) {
        struct linger now = {1, 0};
        setsockopt(files[i].fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        close(files[i].fd);
    }
    count = 0;
    usleep(settle_us);
}

static void print_events(int mask) {
    int first = 1;
    if (mask == 0) printf("0");
    for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++) {
        if ((mask & EVENTS[i].bit) == 0) continue;
        printf("%s%s", first ? "" : "|", EVENTS[i].name);
        first = 0;
    }
}

static int events_of(const char *text) {
    if (text == NULL) return 0;
    char copy[128], *rest = copy;
    snprintf(copy, sizeof copy, "%s", text);
    int mask = 0;
    for (char *word; (word = strsep(&rest, "|")) != NULL;)
        for (size_t i = 0; i < sizeof EVENTS / sizeof *EVENTS; i++)
            if (strcmp(word, EVENTS[i].name) == 0) mask |= EVENTS[i].bit;
    return mask;
}

static void print_result(long result) {
    if (result < 0) printf("-1 %s", strerrorname_np(errno));
    else printf("%ld", result);
}

/* Of what makes a descriptor, whose number says nothing. */
static void print_made(const char *name, int fd) {
    if (fd >= 0) keep(name, fd);
    if (fd < 0) print_result(-1);
    else printf("ok");
}

static struct sockaddr_in address_of(const char *what) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(1)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (strcmp(what, "nowhere") == 0) {
        address.sin_addr.s_addr = inet_addr("192.0.2.2");
    } else if (strcmp(what, "refused") != 0) {
        socklen_t length = sizeof address;
        getsockname(fd_of(what), (struct sockaddr *) &address, &length);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    }
    return address;
}

static int poll_one(int fd, int events) {
    struct pollfd entry = {fd, events, 0};
    if (poll(&entry, 1, 0) < 0) die("poll");
    return entry.revents;
}

static void print_select(int fd) {
    fd_set r, w, x;
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_ZERO(&x);
    FD_SET(fd, &r);
    FD_SET(fd, &w);
    FD_SET(fd, &x);
    struct timeval none = {0, 0};
    if (select(fd + 1, &r, &w, &x, &none) < 0) {
        print_result(-1);
        return;
    }
    printf("%s%s%s", FD_ISSET(fd, &r) ? "r" : "", FD_ISSET(fd, &w) ? "w" : "",
           FD_ISSET(fd, &x) ? "x" : "");
    if (!FD_ISSET(fd, &r) && !FD_ISSET(fd, &w) && !FD_ISSET(fd, &x)) printf("-");
}

static void look(int fd) {
    if (fcntl(fd, F_GETFD) < 0) {
        print_result(-1);
        return;
    }
    printf("poll ");
    print_events(poll_one(fd, ASKED));
    printf(", select ");
    print_select(fd);
    printf(", epoll ");
    int epoll = epoll_create1(0);
    struct epoll_event event = {.events = ASKED};
    if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) print_result(-1);
    else print_events(epoll_wait(epoll, &event, 1, 0) == 1 ? (int) event.events : 0);
    close(epoll);
}

/* How many TCP sockets are in each state, as ss(8) names them. */
static void print_states(void) {
    static const char *names[STATES] = {"",          "ESTAB",  "SYN-SENT",   "SYN-RECV",
                                        "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN",
                                        "CLOSE-WAIT", "LAST-ACK", "LISTEN",    "CLOSING"};
    int counts[STATES] = {0}, state, any = 0;
    char line[512];
    FILE *table = fopen("/proc/thread-self/net/tcp", "r");
    if (table == NULL) die("/proc/net/tcp");
    while (fgets(line, sizeof line, table) != NULL)
        if (sscanf(line, "%*d: %*s %*s %x", (unsigned *) &state) == 1 && state < STATES)
            counts[state]++;
    fclose(table);
    for (int i = 0; i < STATES; i++)
        if (counts[i] > 0) printf("%s%s %d", any++ ? ", " : "", names[i], counts[i]);
    if (!any) printf("none");
}

static void control(char **word) {
    int operation = strcmp(word[2], "add") == 0   ? EPOLL_CTL_ADD
                    : strcmp(word[2], "mod") == 0 ? EPOLL_CTL_MOD
                    : strcmp(word[2], "del") == 0 ? EPOLL_CTL_DEL
                                                  : 9;
    struct epoll_event event = {.events = events_of(word[4])};
    snprintf((char *) &event.data, sizeof event.data, "%s", word[3]);
    print_result(epoll_ctl(fd_of(word[1]), operation, fd_of(word[3]), &event));
}

static void wait_for(int fd, int most) {
    struct epoll_event events[MOST];
    int n = epoll_wait(fd, events, most, 0);
    if (n < 0) {
        print_result(n);
        return;
    }
    printf("[");
    for (int i = 0; i < n; i++) {
        printf("%s%.8s ", i == 0 ? "" : ", ", (char *) &events[i].data);
        print_events(events[i].events);
    }
    printf("]");
}

static int number_of_option(const char *name, int *level) {
    *level = SOL_SOCKET;
    if (strcmp(name, "SO_RCVLOWAT") == 0) return SO_RCVLOWAT;
    if (strcmp(name, "SO_SNDBUF") == 0) return SO_SNDBUF;
    if (strcmp(name, "SO_RCVBUF") == 0) return SO_RCVBUF;
    if (strcmp(name, "SO_OOBINLINE") == 0) return SO_OOBINLINE;
    if (strcmp(name, "SO_KEEPALIVE") == 0) return SO_KEEPALIVE;
    if (strcmp(name, "SO_REUSEADDR") == 0) return SO_REUSEADDR;
    if (strcmp(name, "SO_BROADCAST") == 0) return SO_BROADCAST;
    if (strcmp(name, "SO_PRIORITY") == 0) return SO_PRIORITY;
    if (strcmp(name, "SO_TYPE") == 0) return SO_TYPE;
    if (strcmp(name, "SO_ACCEPTCONN") == 0) return SO_ACCEPTCONN;
    if (strcmp(name, "SO_SELECT_ERR_QUEUE") == 0) return SO_SELECT_ERR_QUEUE;
    *level = IPPROTO_IP;
    if (strcmp(name, "IP_RECVERR") == 0) return IP_RECVERR;
    if (strcmp(name, "IP_TTL") == 0) return IP_TTL;
    if (strcmp(name, "IP_TOS") == 0) return IP_TOS;
    *level = IPPROTO_TCP;
    if (strcmp(name, "TCP_FASTOPEN") == 0) return TCP_FASTOPEN;
    if (strcmp(name, "TCP_FASTOPEN_CONNECT") == 0) return TCP_FASTOPEN_CONNECT;
    if (strcmp(name, "TCP_NOTSENT_LOWAT") == 0) return TCP_NOTSENT_LOWAT;
    if (strcmp(name, "TCP_DEFER_ACCEPT") == 0) return TCP_DEFER_ACCEPT;
    if (strcmp(name, "TCP_NODELAY") == 0) return TCP_NODELAY;
    if (strcmp(name, "TCP_CORK") == 0) return TCP_CORK;
    if (strcmp(name, "TCP_MAXSEG") == 0) return TCP_MAXSEG;
    if (strcmp(name, "TCP_KEEPIDLE") == 0) return TCP_KEEPIDLE;
    if (strcmp(name, "TCP_KEEPCNT") == 0) return TCP_KEEPCNT;
    if (strcmp(name, "TCP_SYNCNT") == 0) return TCP_SYNCNT;
    if (strcmp(name, "TCP_LINGER2") == 0) return TCP_LINGER2;
    if (strcmp(name, "TCP_USER_TIMEOUT") == 0) return TCP_USER_TIMEOUT;
    if (strcmp(name, "TCP_WINDOW_CLAMP") == 0) return TCP_WINDOW_CLAMP;
    fprintf(stderr, "no option %s\n", name);
    exit(1);
}

static void transfer(char **word) {
    static char octets[65536];
    int fd = fd_of(word[1]);
    int n = word[2] == NULL ? 0 : atoi(word[2]);
    if (strcmp(word[0], "send") == 0) print_result(send(fd, octets, n, MSG_NOSIGNAL));
    else if (strcmp(word[0], "write") == 0) print_result(write(fd, octets, n));
    else if (strcmp(word[0], "read") == 0) print_result(read(fd, octets, n));
    else if (strcmp(word[0], "oob") == 0) print_result(send(fd, octets, n, MSG_OOB | MSG_NOSIGNAL));
    else if (strcmp(word[0], "recv") == 0) print_result(recv(fd, octets, n, 0));
    else if (strcmp(word[0], "peek") == 0) print_result(recv(fd, octets, n, MSG_PEEK));
    else if (strcmp(word[0], "trunc") == 0) print_result(recv(fd, octets, n, MSG_TRUNC));
    else if (strcmp(word[0], "more") == 0) print_result(send(fd, octets, n, MSG_MORE | MSG_NOSIGNAL));
    else if (strcmp(word[0], "recvoob") == 0) print_result(recv(fd, octets, n, MSG_OOB));
    else if (strcmp(word[0], "recverr") == 0) {
        struct iovec iov = {octets, n};
        struct msghdr message = {.msg_iov = &iov, .msg_iovlen = 1};
        print_result(recvmsg(fd, &message, MSG_ERRQUEUE));
    } else if (strcmp(word[0], "fill") == 0) {
        long n;
        while ((n = send(fd, octets, 1000, MSG_NOSIGNAL)) > 0) usleep(100);
        print_result(n);
    } else {
        long n;
        while ((n = recv(fd, octets, sizeof octets, 0)) > 0) usleep(100);
        print_result(n);
    }
}

/* word[0] to word[4], NULL for those that are not there */
static void run(char **word) {
    const char *command = word[0];
    int fd = word[1] == NULL ? -1 : fd_of(word[1]);
    if (strcmp(command, "tcp") == 0) {
        print_made(word[1], socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    } else if (strcmp(command, "udp") == 0) {
        print_made(word[1], socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK, 0));
    } else if (strcmp(command, "epoll") == 0) {
        print_made(word[1], epoll_create1(0));
    } else if (strcmp(command, "dup") == 0) {
        print_made(word[1], dup(fd_of(word[2])));
    } else if (strcmp(command, "open") == 0) {
        print_made(word[1], open("/tmp", O_RDWR | O_TMPFILE, 0600));
    } else if (strcmp(command, "pipe") == 0) {
        int ends[2];
        int result = pipe2(ends, O_NONBLOCK);
        keep(word[1], ends[0]), keep(word[2], ends[1]);
        print_result(result);
    } else if (strcmp(command, "bind") == 0) {
        struct sockaddr_in any = {.sin_family = AF_INET};
        print_result(bind(fd, (struct sockaddr *) &any, sizeof any));
    } else if (strcmp(command, "listen") == 0) {
        print_result(listen(fd, atoi(word[2])));
    } else if (strcmp(command, "connect") == 0) {
        struct sockaddr_in address = address_of(word[2]);
        print_result(connect(fd, (struct sockaddr *) &address, sizeof address));
    } else if (strcmp(command, "accept") == 0) {
        print_made(word[1], accept4(fd_of(word[2]), NULL, NULL, SOCK_NONBLOCK));
    } else if (strcmp(command, "shutdown") == 0) {
        int how = strcmp(word[2], "rd") == 0 ? SHUT_RD : strcmp(word[2], "wr") == 0 ? SHUT_WR : SHUT_RDWR;
        print_result(shutdown(fd, how));
    } else if (strcmp(command, "close") == 0) {
        print_result(close(fd));
    } else if (strcmp(command, "reset") == 0) {
        struct linger now = {1, 0};
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        print_result(close(fd));
    } else if (strcmp(command, "set") == 0) {
        int level, value = atoi(word[3]), option = number_of_option(word[2], &level);
        print_result(setsockopt(fd, level, option, &value, sizeof value));
    } else if (strcmp(command, "get") == 0) {
        int level, value = 0, option = number_of_option(word[2], &level);
        socklen_t length = sizeof value;
        if (getsockopt(fd, level, option, &value, &length) < 0) print_result(-1);
        else printf("%d", value);
    } else if (strcmp(command, "readable") == 0) {
        int octets = 0;
        if (ioctl(fd, FIONREAD, &octets) < 0) print_result(-1);
        else printf("%d", octets);
    } else if (strcmp(command, "peer") == 0) {
        struct sockaddr_in address;
        socklen_t length = sizeof address;
        print_result(getpeername(fd, (struct sockaddr *) &address, &length));
    } else if (strcmp(command, "disconnect") == 0) {
        struct sockaddr nobody = {.sa_family = AF_UNSPEC};
        print_result(connect(fd, &nobody, sizeof nobody));
    } else if (strcmp(command, "states") == 0) {
        print_states();
    } else if (strcmp(command, "error") == 0) {
        int error;
        socklen_t length = sizeof error;
        if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0) print_result(-1);
        else printf("%s", error == 0 ? "0" : strerrorname_np(error));
    } else if (strcmp(command, "settle") == 0) {
        usleep(settle_us);
        printf("ok");
    } else if (strcmp(command, "look") == 0) {
        look(fd);
    } else if (strcmp(command, "poll") == 0) {
        print_events(poll_one(fd, events_of(word[2])));
    } else if (strcmp(command, "select") == 0) {
        print_select(fd);
    } else if (strcmp(command, "ctl") == 0) {
        control(word);
    } else if (strcmp(command, "wait") == 0) {
        wait_for(fd, atoi(word[2]));
    } else {
        transfer(word);
    }
}

static void configure(int socket, const char *name, const char *address) {
    struct ifreq request = {0};
    snprintf(request.ifr_name, IFNAMSIZ, "%s", name);
    struct sockaddr_in *in = (struct sockaddr_in *) &request.ifr_addr;
    in->sin_family = AF_INET;
    if (address != NULL) {
        in->sin_addr.s_addr = inet_addr(address);
        if (ioctl(socket, SIOCSIFADDR, &request) < 0) die("SIOCSIFADDR");
        in->sin_addr.s_addr = inet_addr("255.255.255.0");
        if (ioctl(socket, SIOCSIFNETMASK, &request) < 0) die("SIOCSIFNETMASK");
    }
    request.ifr_flags = IFF_UP;
    if (ioctl(socket, SIOCSIFFLAGS, &request) < 0) die("SIOCSIFFLAGS");
}

static void make_network(void) {
    static int tun = -1;
    if (tun >= 0) close(tun);
    if (unshare(CLONE_NEWNET) < 0) die("unshare");
    tun = open("/dev/net/tun", O_RDWR);
    struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
    if (tun < 0 || ioctl(tun, TUNSETIFF, &request) < 0) die("/dev/net/tun");
    int socket_ = socket(AF_INET, SOCK_DGRAM, 0);
    configure(socket_, "lo", NULL);
    configure(socket_, request.ifr_name, "192.0.2.1");
    close(socket_);
    int sysctl = open("/proc/sys/net/ipv4/tcp_fastopen", O_WRONLY);
    if (sysctl < 0 || write(sysctl, "3", 1) != 1) die("tcp_fastopen");
    close(sysctl);
}

int main(int argc, char **argv) {
    char line[256];
    if (argc > 1) settle_us = atoi(argv[1]);
    make_network();
    while (fgets(line, sizeof line, stdin) != NULL) {
        line[strcspn(line, "\n")] = 0;
        char *end = strstr(line, " = ");
        if (end != NULL) *end = 0;
        if (*line == 0 || *line == '#' || strncmp(line, "case ", 5) == 0) {
            if (*line == 'c') forget_all();
            if (*line == 'c' && argc > 1) make_network();
            printf("%s\n", line);
            continue;
        }
        printf("%s = ", line);
        char *word[6] = {0}, *rest = line, *next;
        for (int i = 0; i < 5 && (next = strsep(&rest, " ")) != NULL; i++) word[i] = next;
        run(word);
        printf("\n");
        fflush(stdout);
    }
    return 0;
}
