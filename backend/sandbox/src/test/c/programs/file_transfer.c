/*
 * A transfer over UDP that waits for each block's acknowledgement, as TFTP does (RFC 1350): numbered blocks of 512
 * octets, of which the last is shorter; what is not acknowledged within a second is sent again.
 * "file_transfer get HOST BLOCKS" asks "file_transfer serve".
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PORT 6969
#define BLOCK 512
#define ATTEMPTS 5

enum { READ_REQUEST = 1, DATA = 3, ACKNOWLEDGEMENT = 4 };

struct packet {
    uint16_t kind, number;
    char data[BLOCK];
};
#define HEADER (2 * sizeof(uint16_t))

static int udp_socket(int port)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("bind");
        exit(1);
    }
    return fd;
}

static void wait_at_most(int fd, int seconds)
{
    struct timeval patience = {.tv_sec = seconds};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

/* Sends a block until it is acknowledged; how often it was sent, -1 if nobody answers. */
static int deliver(int fd, const struct packet *block, size_t size)
{
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        if (send(fd, block, size, 0) < 0) return -1;
        struct packet answer;
        ssize_t n;
        while ((n = recv(fd, &answer, sizeof answer, 0)) >= (ssize_t)HEADER)
            if (ntohs(answer.kind) == ACKNOWLEDGEMENT && answer.number == block->number) return attempt;
        if (n < 0 && errno != EAGAIN) return -1;
    }
    return -1;
}

static int serve(void)
{
    int fd = udp_socket(PORT);
    struct packet request;
    struct sockaddr_in client;
    socklen_t length = sizeof client;
    ssize_t n = recvfrom(fd, &request, sizeof request, 0, (struct sockaddr *)&client, &length);
    if (n < (ssize_t)HEADER || ntohs(request.kind) != READ_REQUEST) return 1;
    close(fd);

    /* a port of its own for each transfer, so that those of two clients do not mix */
    int transfer = udp_socket(0);
    connect(transfer, (struct sockaddr *)&client, length);
    wait_at_most(transfer, 1);
    int blocks = ntohs(request.number), sent = 0;
    for (int i = 1; i <= blocks; i++) {
        struct packet block = {.kind = htons(DATA), .number = htons(i)};
        size_t size = i < blocks ? BLOCK : 100;
        memset(block.data, 'a' + i % 26, size);
        int times = deliver(transfer, &block, HEADER + size);
        if (times < 0) {
            printf("block %d was not acknowledged\n", i);
            return 1;
        }
        sent += times;
    }
    printf("%d blocks sent, %d times again\n", blocks, sent - blocks);
    return 0;
}

static int get(const char *host, int blocks)
{
    struct hostent *found = gethostbyname(host);
    if (found == NULL) {
        herror(host);
        return 1;
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    memcpy(&server.sin_addr, found->h_addr, sizeof server.sin_addr);
    int fd = udp_socket(0);
    wait_at_most(fd, 3);
    struct packet request = {.kind = htons(READ_REQUEST), .number = htons(blocks)};
    sendto(fd, &request, HEADER, 0, (struct sockaddr *)&server, sizeof server);

    size_t octets = 0;
    for (int next = 1;;) {
        struct packet block;
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, &block, sizeof block, 0, (struct sockaddr *)&from, &length);
        if (n < 0) {
            perror("recvfrom");
            return 1;
        }
        if (n < (ssize_t)HEADER || ntohs(block.kind) != DATA) continue;
        int fresh = ntohs(block.number) == next;
        /* an old block is acknowledged again: its acknowledgement was lost */
        block.kind = htons(ACKNOWLEDGEMENT);
        sendto(fd, &block, HEADER, 0, (struct sockaddr *)&from, length);
        if (!fresh) continue;
        octets += n - HEADER;
        next++;
        if (n < (ssize_t)sizeof block) break;
    }
    printf("%zu octets came\n", octets);
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc > 1 && strcmp(argv[1], "serve") == 0) return serve();
    if (argc > 3 && strcmp(argv[1], "get") == 0) return get(argv[2], atoi(argv[3]));
    fprintf(stderr, "usage: file_transfer serve | file_transfer get HOST BLOCKS\n");
    return 2;
}
