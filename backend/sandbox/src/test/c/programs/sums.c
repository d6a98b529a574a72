/* Numbers from standard input, added by two processes over a socketpair. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == -1) {
        perror("socketpair");
        exit(1);
    }
    pid_t child = fork();
    if (child < 0) {
        perror("fork");
        exit(1);
    }
    if (child == 0) {
        close(pair[0]);
        int number, sum = 0;
        while (read(pair[1], &number, sizeof number) == sizeof number) sum += number;
        write(pair[1], &sum, sizeof sum);
        close(pair[1]);
        _exit(0);
    }
    close(pair[1]);
    int number, sum;
    while (scanf("%d", &number) == 1) {
        if (write(pair[0], &number, sizeof number) < 0) perror("write");
    }
    shutdown(pair[0], SHUT_WR);
    if (read(pair[0], &sum, sizeof sum) == sizeof sum) printf("the sum is %d\n", sum);
    close(pair[0]);
    int status;
    waitpid(child, &status, 0);
    printf("the child ended with %d\n", WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    return 0;
}
