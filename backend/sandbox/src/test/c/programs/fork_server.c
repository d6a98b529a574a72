/* A process for each client; the parent buries its children when SIGCHLD tells of them. */
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t buried;

static void bury(int signal)
{
    (void)signal;
    while (waitpid(-1, NULL, WNOHANG) > 0) buried++;
}

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : 7777, clients = argc > 2 ? atoi(argv[2]) : 2;
    struct sigaction action = {.sa_handler = bury, .sa_flags = SA_RESTART};
    sigaction(SIGCHLD, &action, NULL);
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    for (int i = 0; i < clients; i++) {
        int fd = accept(listener, NULL, NULL);
        if (fd < 0) {
            perror("accept");
            return 1;
        }
        fflush(stdout); /* or the child prints it once more */
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            return 1;
        }
        if (child == 0) {
            close(listener);
            char buffer[256];
            ssize_t n;
            while ((n = read(fd, buffer, sizeof buffer)) > 0)
                if (write(fd, buffer, n) != n) break;
            exit(i);
        }
        printf("client %d has a process of its own\n", i);
        close(fd);
    }
    while (buried < clients) pause();
    printf("buried %d\n", (int)buried);
    return 0;
}
