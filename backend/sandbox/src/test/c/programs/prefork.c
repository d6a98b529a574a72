/* Three processes are there before the clients: all wait in accept(2) of one listening socket. */
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHILDREN 3

static void serve(int listener, int connections)
{
    for (int i = 0; i < connections; i++) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            exit(1);
        }
        char text[256];
        ssize_t n;
        while ((n = read(fd, text, sizeof text)) > 0)
            if (write(fd, text, n) != n) break;
        close(fd);
    }
    exit(connections);
}

int main(int argc, char *argv[])
{
    int each = argc > 2 ? atoi(argv[2]) : 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 7001)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) {
        perror("bind or listen");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    for (int i = 0; i < CHILDREN; i++) {
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 1;
        }
        if (child == 0) serve(listener, each);
    }
    close(listener);
    int served = 0, status;
    while (wait(&status) > 0)
        if (WIFEXITED(status)) served += WEXITSTATUS(status);
    printf("%d connections served by %d processes\n", served, CHILDREN);
    return 0;
}
