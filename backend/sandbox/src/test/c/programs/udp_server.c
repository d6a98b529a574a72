/* Sends datagrams back in capitals, until none has come for two seconds. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(5353)};
    if (bind(fd, (struct sockaddr *)&here, sizeof here) < 0) {
        perror("bind");
        return 1;
    }
    struct timeval patience = {.tv_sec = 2};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    int served = 0;
    for (;;) {
        char data[100];
        struct sockaddr_in from;
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, data, sizeof data, 0, (struct sockaddr *)&from, &length);
        if (n < 0) {
            if (errno == EAGAIN) break;
            perror("recvfrom");
            return 1;
        }
        for (ssize_t i = 0; i < n; i++) data[i] = toupper((unsigned char)data[i]);
        sendto(fd, data, n, 0, (struct sockaddr *)&from, length);
        served++;
    }
    printf("served %d\n", served);
    close(fd);
    return 0;
}
