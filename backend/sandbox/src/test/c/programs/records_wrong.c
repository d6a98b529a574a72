/*
 * Records with a length before each, read as if each recv(2) gave one whole: right as long as the network is kind.
 * Compare records.c. "records_wrong" serves one client.
 */
#include <arpa/inet.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(6000)};
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 1) < 0) {
        perror("bind or listen");
        return 1;
    }
    int fd = accept(listener, NULL, NULL);
    uint32_t length = 0;
    char text[256];
    while (recv(fd, &length, sizeof length, 0) > 0) {
        length = ntohl(length);
        if (length >= sizeof text) {
            printf("a record of %u octets?\n", (unsigned)length);
            return 1;
        }
        ssize_t n = length > 0 ? recv(fd, text, length, 0) : 0;
        if (n < 0) {
            perror("recv");
            return 1;
        }
        text[n] = '\0';
        printf("record of %u: %s\n", (unsigned)length, text);
    }
    return 0;
}
