/* Asks over a connected UDP socket, with sendmsg(2) too, and then where nobody listens. */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_DGRAM}, *found;
    if (getaddrinfo(argc > 1 ? argv[1] : "localhost", "5353", &hints, &found) != 0) return 1;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) perror("connect");
    char data[100];
    const char *words[] = {"one", "two"};
    for (int i = 0; i < 2; i++) {
        send(fd, words[i], strlen(words[i]), 0);
        ssize_t n = recv(fd, data, sizeof data - 1, 0);
        data[n < 0 ? 0 : n] = '\0';
        printf("%s\n", data);
    }
    struct iovec parts[] = {{"head", 4}, {"tail", 4}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    sendmsg(fd, &message, 0);
    char left[4], right[16];
    struct iovec rooms[] = {{left, sizeof left}, {right, sizeof right}};
    struct msghdr answer = {.msg_iov = rooms, .msg_iovlen = 2};
    ssize_t n = recvmsg(fd, &answer, 0);
    printf("%zd: %.4s|%.*s\n", n, left, (int)n - 4, right);

    struct sockaddr_in nobody = *(struct sockaddr_in *)found->ai_addr;
    nobody.sin_port = htons(9);
    connect(fd, (struct sockaddr *)&nobody, sizeof nobody);
    send(fd, "?", 1, 0);
    if (recv(fd, data, sizeof data, 0) < 0) perror("recv");
    freeaddrinfo(found);
    return 0;
}
