/* What one says all others hear, by name. One process, poll(2). Ends when all who have come have gone. */
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 64

static struct pollfd fds[MOST]; /* the listener, then a client each */
static int count;

static void tell_others(int from, const char *text, size_t length)
{
    for (int i = 1; i < count; i++)
        if (fds[i].fd != from) send(fds[i].fd, text, length, MSG_NOSIGNAL);
}

static void say(int from, const char *what, size_t length)
{
    char line[320];
    int head = snprintf(line, sizeof line, "[%d] ", from);
    memcpy(line + head, what, length);
    tell_others(from, line, head + length);
}

int main(int argc, char *argv[])
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 9000)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 10) < 0) {
        perror("bind or listen");
        return 1;
    }
    fds[0] = (struct pollfd){.fd = listener, .events = POLLIN};
    count = 1;
    int seen = 0;

    while (count > 1 || seen == 0) {
        if (poll(fds, count, -1) < 0) {
            perror("poll");
            return 1;
        }
        /* from the end, so that one that goes may be replaced by the last */
        for (int i = count - 1; i > 0; i--) {
            if ((fds[i].revents & (POLLIN | POLLHUP | POLLERR)) == 0) continue;
            char text[256];
            ssize_t n = recv(fds[i].fd, text, sizeof text, 0);
            if (n > 0) {
                say(fds[i].fd, text, n);
                continue;
            }
            if (n < 0) perror("recv");
            int gone = fds[i].fd;
            close(gone);
            fds[i] = fds[--count];
            say(gone, "has gone\n", 9);
        }
        if (fds[0].revents & POLLIN) {
            int client = accept(listener, NULL, NULL);
            if (client < 0) continue;
            if (count == MOST) {
                close(client);
                continue;
            }
            fds[count++] = (struct pollfd){.fd = client, .events = POLLIN};
            seen++;
        }
    }
    close(listener);
    printf("%d came and went\n", seen);
    return 0;
}
