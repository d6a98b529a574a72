/*
 * Urgent data: SIGURG for the owner of the socket, select() for its exceptions, MSG_OOB, and the mark that sockatmark()
 * knows. "urgent serve" takes what one client sends, first by the signal and then inline.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t told;

static void on_urgent(int signal)
{
    (void)signal;
    told++;
}

static int serve(struct sockaddr_in *here)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0), inline_too = 1;
    if (bind(listener, (struct sockaddr *)here, sizeof *here) < 0 || listen(listener, 1) < 0) {
        perror("bind or listen");
        return 1;
    }
    int fd = accept(listener, NULL, NULL);
    struct sigaction action = {.sa_handler = on_urgent, .sa_flags = SA_RESTART};
    sigaction(SIGURG, &action, NULL);
    if (fcntl(fd, F_SETOWN, getpid()) < 0) perror("F_SETOWN");
    printf("the owner is this process: %d\n", fcntl(fd, F_GETOWN) == getpid());
    if (recv(fd, &inline_too, 1, MSG_OOB) < 0) printf("nothing is urgent: %s\n", strerror(errno));
    char text[32];
    int marks = 0;
    for (;;) {
        fd_set readable, urgent;
        FD_ZERO(&readable);
        FD_ZERO(&urgent);
        FD_SET(fd, &readable);
        if (marks == 0) FD_SET(fd, &urgent);
        if (select(fd + 1, &readable, NULL, &urgent, NULL) < 0) {
            if (errno == EINTR) continue;
            perror("select");
            return 1;
        }
        if (FD_ISSET(fd, &urgent)) {
            marks++;
            ssize_t n = recv(fd, text, sizeof text, MSG_OOB);
            printf("signals %d, urgent: %zd of '%c'\n", (int)told, n, text[0]);
            n = recv(fd, text, sizeof text, MSG_OOB);
            printf("again: %zd %s\n", n, n < 0 ? strerror(errno) : "");
            inline_too = 1;
            setsockopt(fd, SOL_SOCKET, SO_OOBINLINE, &inline_too, sizeof inline_too);
            continue;
        }
        int at = sockatmark(fd);
        ssize_t n = read(fd, text, sizeof text);
        if (n <= 0) break;
        printf("at the mark %d: %zd of '%.*s'\n", at, n, (int)n, text);
    }
    printf("signals %d\n", (int)told);
    if (sockatmark(0) < 0) printf("of no socket: %s\n", strerror(errno));
    return 0;
}

int main(int argc, char **argv)
{
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(6001)};
    if (argc == 2 && strcmp(argv[1], "serve") == 0) return serve(&there);
    inet_pton(AF_INET, argv[1], &there.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0) {
        perror("connect");
        return 1;
    }
    const char *pieces[] = {"123", "!4", "56", "7!8", "9"};
    for (int i = 0; i < 5; i++) {
        usleep(300000);
        /* of what is sent as urgent the last octet is */
        if (send(fd, pieces[i], strlen(pieces[i]), i % 2 == 1 ? MSG_OOB : 0) < 0) perror("send");
    }
    close(fd);
    return 0;
}
