/* An echo server over kqueue(2), as on BSD: what comes is sent back. Ends when all who have come have gone. */
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/event.h>
#include <sys/socket.h>
#include <unistd.h>

static int watch(int queue, int fd)
{
    struct kevent change;
    EV_SET(&change, fd, EVFILT_READ, EV_ADD, 0, 0, NULL);
    return kevent(queue, &change, 1, NULL, 0, NULL);
}

/* Sends back as much as has come; what is sent at once is what the event says there is. */
static void echo(int fd, int64_t there)
{
    char data[512];
    while (there > 0) {
        ssize_t n = read(fd, data, sizeof data);
        if (n <= 0 || write(fd, data, n) != n) return;
        there -= n;
    }
}

int main(int argc, char *argv[])
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 7002)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 10) < 0) {
        perror("bind or listen");
        return 1;
    }
    int queue = kqueue();
    if (queue < 0 || watch(queue, listener) < 0) {
        perror("kqueue or kevent");
        return 1;
    }
    int present = 0, seen = 0;
    while (present > 0 || seen == 0) {
        struct kevent events[8];
        int count = kevent(queue, NULL, 0, events, 8, NULL);
        if (count < 0) {
            perror("kevent");
            return 1;
        }
        for (int i = 0; i < count; i++) {
            int fd = (int)events[i].ident;
            if (fd == listener) {
                int client = accept(listener, NULL, NULL);
                if (client < 0 || watch(queue, client) < 0) continue;
                present++, seen++;
                continue;
            }
            echo(fd, events[i].data);
            if (events[i].flags & EV_EOF) {
                close(fd); /* takes its events out of the queue, too */
                present--;
            }
        }
    }
    printf("%d came and went\n", seen);
    return 0;
}
