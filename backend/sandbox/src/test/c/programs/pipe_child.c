/* A child sends its parent a line through a pipe, and its end in its status. */
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    int ends[2];
    if (pipe(ends) < 0) {
        perror("pipe");
        return 1;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        const char line[] = "from the child\n";
        write(ends[1], line, strlen(line));
        _exit(7);
    }
    close(ends[1]);
    char buffer[64];
    ssize_t n;
    while ((n = read(ends[0], buffer, sizeof buffer)) > 0) fwrite(buffer, 1, n, stdout);
    int status;
    waitpid(child, &status, 0);
    printf("it ended with %d\n", WEXITSTATUS(status));
    return 0;
}
