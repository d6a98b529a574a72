#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Nobody listens: what connect() says is not looked at, and what follows fails in its own way. */
int main(int argc, char *argv[])
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(4712)};
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    connect(fd, (struct sockaddr *)&to, sizeof to);
    char answer[16] = "";
    recv(fd, answer, sizeof answer - 1, 0);
    printf("the answer is \"%s\"\n", answer);
    return 0;
}
