#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Serves as many clients as it is told to, and never closes what accept() gives. */
int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(5252)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0) {
        perror("listen");
        return 1;
    }
    for (int clients = argc > 1 ? atoi(argv[1]) : 1; clients > 0; clients--) {
        int client = accept(listener, NULL, NULL);
        if (client < 0) {
            perror("accept");
            return 1;
        }
        if (write(client, "hello\n", 6) != 6) perror("write");
        shutdown(client, SHUT_WR);
    }
    close(listener);
    return 0;
}
