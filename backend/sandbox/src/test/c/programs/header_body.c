/* A header and a body leave with one writev(2), and are read apart with one readv(2): over a pair of sockets. */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

struct header {
    uint16_t kind, length;
};

int main(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) < 0) {
        perror("socketpair");
        return 1;
    }
    char body[] = "the body";
    struct header header = {htons(7), htons(sizeof body)};
    struct iovec out[] = {{&header, sizeof header}, {body, sizeof body}};
    printf("%zd octets left\n", writev(pair[0], out, 2));

    struct header came;
    char first[4], rest[32];
    struct iovec in[] = {{&came, sizeof came}, {first, sizeof first}, {rest, sizeof rest}};
    printf("%zd octets came\n", readv(pair[1], in, 3));
    printf("kind %d, length %d, \"%.4s\" and \"%s\"\n", ntohs(came.kind), ntohs(came.length), first, rest);

    /* and back, as a message of two pieces */
    struct msghdr message = {.msg_iov = out, .msg_iovlen = 2};
    printf("%zd octets back\n", sendmsg(pair[1], &message, 0));
    struct msghdr answer = {.msg_iov = in, .msg_iovlen = 1};
    printf("%zd of them are the header\n", recvmsg(pair[0], &answer, 0));
    close(pair[1]);
    char left[64];
    ssize_t n;
    while ((n = read(pair[0], left, sizeof left)) > 0) printf("then %zd more\n", n);
    printf("then the end: %zd\n", n);
    return 0;
}
