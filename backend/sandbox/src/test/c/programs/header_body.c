/* A header and a body leave with one writev(2), and are read apart with one readv(2); then as a message. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

struct header {
    uint16_t kind, length;
};

/* Two ends of one connection, both here: the kernel completes the handshake before accept(2). */
static int connect_to_oneself(int ends[2])
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof here;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, length) < 0 || listen(listener, 1) < 0) return -1;
    if (getsockname(listener, (struct sockaddr *)&here, &length) < 0) return -1;
    ends[0] = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(ends[0], (struct sockaddr *)&here, length) < 0) return -1;
    ends[1] = accept(listener, NULL, NULL);
    close(listener);
    return ends[1];
}

int main(void)
{
    int pair[2];
    if (connect_to_oneself(pair) < 0) {
        perror("a connection to oneself");
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
