/* What one says all others hear. One process, poll(2). It ends when all N who were to come have said their last. */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 16

static struct pollfd all[1 + MOST];
static int count;

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int listen_on(int port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0)
        die("socket");
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0)
        die("bind");
    if (listen(fd, MOST) < 0)
        die("listen");
    return fd;
}

/* send(2) may take less than it is given. */
static void send_all(int fd, const char *text, size_t length)
{
    while (length > 0) {
        ssize_t n = send(fd, text, length, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno == EINTR)
                continue;
            perror("send");
            return;
        }
        text += n;
        length -= (size_t)n;
    }
}

int main(int argc, char *argv[])
{
    if (argc != 3) {
        fprintf(stderr, "usage: %s PORT N\n", argv[0]);
        return 2;
    }
    int expected = atoi(argv[2]), silent = 0;

    all[count++] = (struct pollfd){.fd = listen_on(atoi(argv[1])), .events = POLLIN};
    while (silent < expected) {
        if (poll(all, count, -1) < 0)
            die("poll");
        int ready = count; /* who comes now is looked at the next time */
        if (all[0].revents & POLLIN && count <= MOST) {
            int fd = accept(all[0].fd, NULL, NULL);
            if (fd < 0)
                die("accept");
            all[count++] = (struct pollfd){.fd = fd, .events = POLLIN};
        }
        for (int i = 1; i < ready; i++) {
            char text[512];
            if (!(all[i].revents & (POLLIN | POLLHUP | POLLERR)))
                continue;
            ssize_t n = recv(all[i].fd, text, sizeof text, 0);
            if (n <= 0) { /* it may still listen */
                all[i].events = 0;
                silent++;
                continue;
            }
            for (int other = 1; other < count; other++)
                if (other != i)
                    send_all(all[other].fd, text, (size_t)n);
        }
    }
    printf("%d have been here\n", count - 1);
    for (int i = 0; i < count; i++)
        close(all[i].fd);
    return 0;
}
