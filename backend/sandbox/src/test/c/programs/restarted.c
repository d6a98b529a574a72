/*
 * Which calls a handler with SA_RESTART has made again, and when the handler runs: while the call still waits, not when it is
 * over. "restarted again" has the flag, "restarted once" has not. signal(7) has the list.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct timespec start;

static void say(const char *what, long result)
{
    struct timespec now;
    int error = errno;
    clock_gettime(CLOCK_MONOTONIC, &now);
    long millis = (now.tv_sec - start.tv_sec) * 1000 + (now.tv_nsec - start.tv_nsec) / 1000000;
    printf("%s after %ld s", what, (millis + 200) / 1000);
    if (result < 0) printf(": %s", strerror(error));
    else if (result > 0) printf(": %ld", result);
    printf("\n");
}

static void on_usr1(int signal)
{
    (void)signal;
    say("  handler", 0);
}

/* A child that sends the signal after a second, does something to end the wait after two, and ends. */
static pid_t disturber(void (*end_it)(int), int fd)
{
    fflush(stdout);
    pid_t child = fork();
    if (child != 0) {
        clock_gettime(CLOCK_MONOTONIC, &start);
        return child;
    }
    signal(SIGUSR1, SIG_IGN);
    sleep(1);
    kill(getppid(), SIGUSR1);
    sleep(1);
    if (end_it != NULL) end_it(fd);
    _exit(7);
}

static void send_octet(int fd)
{
    if (send(fd, "x", 1, 0) < 0) _exit(1);
}

static void visit(int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    connect(fd, (struct sockaddr *)&to, sizeof to);
}

static void collect(pid_t child)
{
    while (waitpid(child, NULL, 0) < 0 && errno == EINTR) continue;
}

static void streams(void)
{
    int pair[2];
    char octet;
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    pid_t child = disturber(send_octet, pair[1]);
    say("read", read(pair[0], &octet, 1));
    collect(child);
    child = disturber(send_octet, pair[1]);
    say("recv", recv(pair[0], &octet, 1, 0));
    collect(child);

    struct timeval limit = {.tv_sec = 3};
    setsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    child = disturber(send_octet, pair[1]);
    say("recv with a limit", recv(pair[0], &octet, 1, 0));
    collect(child);

    static char much[1 << 21];
    child = disturber(NULL, 0);
    ssize_t written = write(pair[0], much, sizeof much); /* more than there is room for: a part counts as done */
    say(written > 0 && written < (ssize_t)sizeof much ? "write of a part" : "write", written < 0 ? -1 : 0);
    close(pair[0]);
    close(pair[1]);
    collect(child);
}

static void connections(void)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(7451)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    bind(listener, (struct sockaddr *)&here, sizeof here);
    listen(listener, 5);
    pid_t child = disturber(visit, 7451);
    say("accept", accept(listener, NULL, NULL) < 0 ? -1 : 0);
    collect(child);
    close(listener);
}

static void waits(void)
{
    int status;
    pid_t child = disturber(NULL, 0);
    say("waitpid", waitpid(child, &status, 0) < 0 ? -1 : WEXITSTATUS(status));
    collect(child);
}

static void never(void)
{
    int pair[2];
    socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
    struct pollfd entry = {.fd = pair[0], .events = POLLIN};
    pid_t child = disturber(NULL, 0);
    say("poll", poll(&entry, 1, 5000));
    collect(child);

    fd_set reading;
    FD_ZERO(&reading);
    FD_SET(pair[0], &reading);
    child = disturber(NULL, 0);
    say("select", select(pair[0] + 1, &reading, NULL, NULL, NULL));
    collect(child);

    int epoll = epoll_create1(0);
    struct epoll_event event;
    child = disturber(NULL, 0);
    say("epoll_wait", epoll_wait(epoll, &event, 1, -1));
    collect(child);

    struct timespec five = {.tv_sec = 5}, left;
    child = disturber(NULL, 0);
    say("nanosleep", nanosleep(&five, &left));
    printf("with %ld s left\n", (long)left.tv_sec + (left.tv_nsec > 500000000));
    collect(child);

    child = disturber(NULL, 0);
    say("pause", pause());
    collect(child);
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_usr1};
    sigemptyset(&action.sa_mask);
    if (argc > 1 && strcmp(argv[1], "again") == 0) action.sa_flags = SA_RESTART;
    sigaction(SIGUSR1, &action, NULL);
    streams();
    connections();
    waits();
    never();
    return 0;
}
