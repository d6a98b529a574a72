/*
 * Writing to a connection that has been reset: what comes of SIGPIPE by a handler of sigaction(), ignored, by
 * MSG_NOSIGNAL, and by default. "reset_writes serve" closes four connections with unread data.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static volatile sig_atomic_t count;

static void on_pipe(int sig)
{
    count = sig;
}

static int serve(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(5555)};
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    for (int i = 0; i < 4; i++) {
        int fd = accept(listener, NULL, NULL);
        usleep(200000);
        close(fd);
    }
    return 0;
}

static int connected(const char *address)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(5555)};
    inet_aton(address, &there.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0) {
        perror("connect");
        exit(1);
    }
    if (write(fd, "unread", 6) != 6) perror("write");
    sleep(1);
    return fd;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "serve") == 0) return serve();
    char buf[16];
    struct sigaction act, old;
    memset(&act, 0, sizeof act);
    act.sa_handler = on_pipe;
    sigaction(SIGPIPE, &act, &old);
    printf("it was the default: %d\n", old.sa_handler == SIG_DFL);

    int fd = connected(argv[1]);
    ssize_t n = write(fd, "first", 5);
    printf("first write: %zd %s, signal %d\n", n, n < 0 ? strerror(errno) : "", (int)count);
    n = write(fd, "second", 6);
    printf("second write: %zd %s, signal %d\n", n, n < 0 ? strerror(errno) : "", (int)count);
    int error = 0;
    socklen_t len = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &len);
    printf("SO_ERROR %d\n", error);
    n = read(fd, buf, sizeof buf);
    printf("read: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    close(fd);

    signal(SIGPIPE, SIG_IGN);
    fd = connected(argv[1]);
    n = read(fd, buf, sizeof buf);
    printf("read: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    n = send(fd, "x", 1, 0);
    printf("ignored: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    close(fd);

    signal(SIGPIPE, SIG_DFL);
    fd = connected(argv[1]);
    n = send(fd, "x", 1, MSG_NOSIGNAL);
    printf("without: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    close(fd);

    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        fd = connected(argv[1]);
        for (int i = 0; i < 2; i++) n = write(fd, "x", 1);
        puts("not reached");
        exit(0);
    }
    int status;
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status)) printf("the child ended by %s\n", strsignal(WTERMSIG(status)));
    if (WIFEXITED(status)) printf("the child ended with %d\n", WEXITSTATUS(status));
    return 0;
}
