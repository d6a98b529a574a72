#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

int main(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (bind(fd, (struct sockaddr *)8, 16) < 0) perror("bind");
    if (write(1, (void *)0xfffffff0u, 100) < 0) perror("write");
    if (sendto(fd, "", 0x7fffffff, 0, NULL, 0) < 0) perror("sendto");
    return 0;
}
