/*
 * A server whose array for poll() grows as clients come, and closes the gap of one that has gone; each line goes to all
 * others. "poll_grows serve N" ends when N clients have gone; "poll_grows ADDRESS NUMBER" greets, and leaves when nobody
 * has said anything for a while.
 */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct set {
    struct pollfd *all;
    nfds_t used, room;
};

static void add(struct set *set, int fd)
{
    if (set->used == set->room) {
        set->room = set->room == 0 ? 1 : 2 * set->room;
        set->all = realloc(set->all, set->room * sizeof *set->all);
        if (set->all == NULL) exit(2);
        printf("room for %d\n", (int)set->room);
    }
    set->all[set->used++] = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* Whether the client is still there. */
static int relay(struct set *set, nfds_t from)
{
    char text[64];
    ssize_t n = recv(set->all[from].fd, text, sizeof text, 0);
    if (n <= 0) return 0;
    printf("%.*s", (int)n, text);
    for (nfds_t i = 1; i < set->used; i++) {
        if (i != from && send(set->all[i].fd, text, n, MSG_NOSIGNAL) < 0) perror("send");
    }
    return 1;
}

static int serve(int clients)
{
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(9100)};
    int listener = socket(AF_INET, SOCK_STREAM, 0), yes = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    struct set set = {0};
    add(&set, listener);
    while (clients > 0) {
        if (poll(set.all, set.used, -1) < 0) {
            perror("poll");
            return 1;
        }
        for (nfds_t i = set.used; i-- > 1;) { /* from the end: what fills a gap has been looked at */
            if (set.all[i].revents == 0 || relay(&set, i)) continue;
            close(set.all[i].fd);
            set.all[i] = set.all[--set.used];
            clients--;
            printf("%d are left\n", (int)set.used - 1);
        }
        if (set.all[0].revents & POLLIN) {
            struct sockaddr_in who;
            socklen_t length = sizeof who;
            int fd = accept(listener, (struct sockaddr *)&who, &length);
            char text[INET_ADDRSTRLEN];
            printf("%s is descriptor %d\n", inet_ntop(AF_INET, &who.sin_addr, text, sizeof text), fd);
            add(&set, fd);
        }
    }
    free(set.all);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "serve") == 0) return serve(atoi(argv[2]));
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_port = htons(9100)};
    if (argc != 3 || inet_pton(AF_INET, argv[1], &there.sin_addr) != 1) {
        fprintf(stderr, "usage: poll_grows ADDRESS NUMBER\n");
        return 1;
    }
    int number = atoi(argv[2]), heard = 0;
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) < 0) {
        perror("connect");
        return 1;
    }
    usleep(1500000 + number * 400000); /* all are there, and one after the other speaks */
    dprintf(fd, "this is %d\n", number);
    struct pollfd one = {.fd = fd, .events = POLLIN};
    while (poll(&one, 1, 1500) > 0) {
        char text[64];
        ssize_t n = recv(fd, text, sizeof text, 0);
        if (n <= 0) break;
        for (ssize_t i = 0; i < n; i++) heard += text[i] == '\n';
    }
    printf("%d has heard %d\n", number, heard);
    close(fd);
    return 0;
}
