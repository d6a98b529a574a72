/* Opens sockets until there are no more. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

int main(void)
{
    int count = 0;
    while (socket(AF_INET, SOCK_STREAM, 0) >= 0)
        count++;
    printf("%d sockets, %s\n", count, strerror(errno));
    return 0;
}
