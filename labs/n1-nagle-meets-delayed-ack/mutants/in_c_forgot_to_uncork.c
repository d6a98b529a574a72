/* Puts the cork in, and leaves it to the kernel to take it out. */
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#define LONGEST 1000

static char head[LONGEST], body[LONGEST];
static size_t head_size, body_size;

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int connect_to(const char *host, int port)
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    char service[16];

    snprintf(service, sizeof service, "%d", port);
    int error = getaddrinfo(host, service, &hints, &found);
    if (error) {
        fprintf(stderr, "%s: %s\n", host, gai_strerror(error));
        exit(1);
    }
    int fd = socket(found->ai_family, found->ai_socktype, found->ai_protocol);
    if (fd < 0 || connect(fd, found->ai_addr, found->ai_addrlen) < 0)
        fail("connect");
    freeaddrinfo(found);
    return fd;
}

static void set(int fd, int option, int value)
{
    if (setsockopt(fd, IPPROTO_TCP, option, &value, sizeof value) < 0)
        fail("setsockopt");
}

static void read_answer(int fd)
{
    char answer[LONGEST];
    ssize_t n = read(fd, answer, sizeof answer);

    if (n <= 0)
        fail("read");
    printf("an answer of %zd octets\n", n);
}

static void two_writes(int fd)
{
    if (write(fd, head, head_size) < 0 || write(fd, body, body_size) < 0)
        fail("write");
}

static void one_write(int fd)
{
    struct iovec request[] = {{head, head_size}, {body, body_size}};

    if (writev(fd, request, 2) < 0)
        fail("writev");
}

static void corked_writes(int fd)
{
    set(fd, TCP_CORK, 1);
    two_writes(fd);
}

/* Two requests over a connection of their own. */
static void ask_twice(const char *host, int port, int nodelay, void (*request)(int))
{
    int fd = connect_to(host, port);

    if (nodelay)
        set(fd, TCP_NODELAY, 1);
    for (int i = 0; i < 2; i++) {
        request(fd);
        read_answer(fd);
    }
    close(fd);
}

int main(int argc, char *argv[])
{
    if (argc != 5) {
        fprintf(stderr, "usage: %s HOST PORT HEAD BODY\n", argv[0]);
        return 2;
    }
    int port = atoi(argv[2]);
    head_size = strtoul(argv[3], NULL, 10);
    body_size = strtoul(argv[4], NULL, 10);
    if (head_size > LONGEST || body_size > LONGEST) {
        fprintf(stderr, "a part of a request is at most %d octets\n", LONGEST);
        return 2;
    }
    memset(head, 'h', head_size);
    memset(body, 'b', body_size);

    ask_twice(argv[1], port, 0, two_writes);
    ask_twice(argv[1], port + 1, 1, two_writes);
    ask_twice(argv[1], port + 2, 0, one_write);
    ask_twice(argv[1], port + 3, 0, corked_writes);
    return 0;
}
