#include <stdio.h>
#include <sys/select.h>
#include <sys/socket.h>

int main(void)
{
    int server = socket(AF_INET, SOCK_STREAM, 0);
    fd_set reading;
    FD_ZERO(&reading);
    FD_SET(server, &reading);
    int client = accept(server, NULL, NULL);
    FD_SET(client, &reading);
    return select(client + 1, &reading, NULL, NULL, NULL) < 0;
}
