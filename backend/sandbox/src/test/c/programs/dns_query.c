/* Asks a name server for the addresses of a name: the message is made and read by hand (RFC 1035, section 4). */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define HEADER 12
#define TYPE_A 1
#define CLASS_IN 1

static size_t put16(unsigned char *message, size_t at, unsigned value)
{
    message[at] = value >> 8;
    message[at + 1] = value & 0xff;
    return at + 2;
}

static unsigned get16(const unsigned char *message, size_t at)
{
    return message[at] << 8 | message[at + 1];
}

/* www.example.org is 3www7example3org0. Gives where it ends, 0 for a name that is none. */
static size_t put_name(unsigned char *message, size_t at, const char *name)
{
    if (strlen(name) > 253) return 0;
    while (*name != '\0') {
        size_t length = strcspn(name, ".");
        if (length == 0 || length > 63) return 0;
        message[at++] = length;
        memcpy(message + at, name, length);
        at += length;
        name += length;
        if (*name == '.') name++;
    }
    message[at++] = 0;
    return at;
}

/* Where a name ends: with 0, or with a pointer to the rest, two octets that begin with 11. */
static size_t skip_name(const unsigned char *message, size_t at, size_t size)
{
    while (at < size && message[at] != 0) {
        if (message[at] >= 0xc0) return at + 2;
        at += message[at] + 1;
    }
    return at + 1;
}

static int print_addresses(const unsigned char *message, size_t size)
{
    if (size < HEADER) return -1;
    int code = message[3] & 15;
    if (code != 0) {
        printf(code == 3 ? "no such name\n" : "the server answers with error %d\n", code);
        return code;
    }
    size_t at = HEADER;
    for (unsigned i = get16(message, 4); i > 0; i--) at = skip_name(message, at, size) + 4;
    for (unsigned i = get16(message, 6); i > 0; i--) {
        at = skip_name(message, at, size);
        if (at + 10 > size) return -1;
        unsigned type = get16(message, at), length = get16(message, at + 8);
        at += 10;
        if (at + length > size) return -1;
        if (type == TYPE_A && length == 4) {
            char text[INET_ADDRSTRLEN];
            printf("%s\n", inet_ntop(AF_INET, message + at, text, sizeof text));
        }
        at += length;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc < 3) {
        fprintf(stderr, "usage: dns_query SERVER NAME\n");
        return 2;
    }
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_port = htons(53)};
    if (inet_pton(AF_INET, argv[1], &server.sin_addr) != 1) {
        fprintf(stderr, "%s is not an address\n", argv[1]);
        return 2;
    }
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct timeval patience = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (connect(fd, (struct sockaddr *)&server, sizeof server) < 0) {
        perror("connect");
        return 1;
    }

    unsigned char question[512] = {0x12, 0x34, 0x01, 0x00, 0, 1}; /* a number, recursion desired, one question */
    size_t size = put_name(question, HEADER, argv[2]);
    if (size == 0) {
        fprintf(stderr, "%s is not a name\n", argv[2]);
        return 2;
    }
    size = put16(question, size, TYPE_A);
    size = put16(question, size, CLASS_IN);
    for (int attempt = 1; attempt <= 3; attempt++) {
        if (send(fd, question, size, 0) < 0) {
            perror("send");
            return 1;
        }
        unsigned char answer[512];
        ssize_t n;
        while ((n = recv(fd, answer, sizeof answer, 0)) >= 0) {
            if (n < HEADER || get16(answer, 0) != 0x1234 || (answer[2] & 0x80) == 0) continue; /* not for us */
            return print_addresses(answer, n) == 0 ? 0 : 1;
        }
        perror("recv");
    }
    return 1;
}
