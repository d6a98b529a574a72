/*
 * Connects to several addresses at once, one more each 250 ms, and takes the first that answers (after RFC 8305).
 * "connect_race PORT ADDRESS…"
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 8
#define DELAY 250 /* milliseconds, RFC 8305 section 5 */

static int begin(const char *text, int port)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (inet_pton(AF_INET, text, &to.sin_addr) != 1) {
        fprintf(stderr, "%s is not an address\n", text);
        return -1;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL, 0) | O_NONBLOCK);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
        printf("%s: %s\n", text, strerror(errno));
        close(fd);
        return -1;
    }
    return fd;
}

/* What became of a connection that is ready: 0, or its error. */
static int outcome(int fd)
{
    int error = 0;
    socklen_t length = sizeof error;
    getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length);
    return error;
}

int main(int argc, char *argv[])
{
    struct pollfd races[MOST];
    int begun = 0, running = 0, addresses = argc - 2 < MOST ? argc - 2 : MOST;
    if (addresses < 1) {
        fprintf(stderr, "usage: connect_race PORT ADDRESS...\n");
        return 2;
    }
    char **texts = argv + 2;
    while (begun < addresses || running > 0) {
        if (begun < addresses) {
            races[begun] = (struct pollfd){.fd = begin(texts[begun], atoi(argv[1])), .events = POLLOUT};
            if (races[begun++].fd >= 0) running++;
        }
        int ready = poll(races, begun, begun < addresses ? DELAY : 10000);
        if (ready == 0 && begun == addresses) {
            printf("nobody answers\n");
            return 1;
        }
        for (int i = 0; i < begun; i++) {
            if (races[i].fd < 0 || races[i].revents == 0) continue; /* poll(2) leaves out those below 0 */
            int error = outcome(races[i].fd);
            if (error == 0) {
                printf("connected to %s\n", texts[i]);
                return 0;
            }
            printf("%s: %s\n", texts[i], strerror(error));
            close(races[i].fd);
            races[i].fd = -1;
            running--;
        }
    }
    printf("all have failed\n");
    return 1;
}
