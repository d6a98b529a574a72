/* Waits for a datagram with a timer of its own running, and takes the first interruption for the end. */
#include <arpa/inet.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void tell(int signal)
{
    (void)signal;
}

int main(void)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = tell;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGALRM, &action, NULL) < 0) return 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(5858)};
    socklen_t length = sizeof here;
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&here, length) < 0) {
        perror("bind");
        return 1;
    }
    inet_pton(AF_INET, "127.0.0.1", &here.sin_addr);
    if (sendto(fd, "hello", 5, 0, (struct sockaddr *)&here, length) < 0) {
        perror("sendto");
        return 1;
    }
    alarm(30);
    char text[64];
    ssize_t n;
    if ((n = recv(fd, text, sizeof text, 0)) < 0) {
        perror("recv");
        return 1;
    }
    printf("%.*s\n", (int)n, text);
    close(fd);
    return 0;
}
