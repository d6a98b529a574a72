#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

/* Forgets to close what it does not use. */
static int ask(int number)
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (fd < 0) {
        perror("socket");
        return -1;
    }
    if (number % 2 == 0) return 0;
    return close(fd);
}

int main(void)
{
    for (int i = 0; i < 10; i++)
        if (ask(i) < 0) return 1;
    printf("done\n");
    return 0;
}
