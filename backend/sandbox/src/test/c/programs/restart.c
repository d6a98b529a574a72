/*
 * A server that is started again at once: its port is still in TIME_WAIT, as it was the first to close, and bind(2)
 * fails but for SO_REUSEADDR, which on Linux both the old socket and the new one must have. "restart serve", and
 * "restart HOST" for its one client.
 */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 8642

static int listener_on(int reuse)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &reuse, sizeof reuse) < 0) perror("setsockopt");
    if (bind(fd, (struct sockaddr *)&here, sizeof here) == 0 && listen(fd, 1) == 0) return fd;
    perror(reuse ? "with SO_REUSEADDR" : "without");
    close(fd);
    return -1;
}

static int serve(void)
{
    int listener = listener_on(1);
    int client = accept(listener, NULL, NULL);
    close(client);
    close(listener);
    sleep(1); /* the client closes, too */
    if (listener_on(0) >= 0) printf("bound without SO_REUSEADDR\n");
    if (listener_on(1) >= 0) printf("bound with SO_REUSEADDR\n");
    return 0;
}

static int visit(const char *host)
{
    struct hostent *found = gethostbyname(host);
    if (found == NULL) {
        herror(host);
        return 1;
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    memcpy(&to.sin_addr, found->h_addr_list[0], sizeof to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) {
        perror("connect");
        return 1;
    }
    char octet;
    printf("read gives %zd\n", read(fd, &octet, 1));
    close(fd);
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc < 2) {
        fprintf(stderr, "usage: restart serve | restart HOST\n");
        return 2;
    }
    return strcmp(argv[1], "serve") == 0 ? serve() : visit(argv[1]);
}
