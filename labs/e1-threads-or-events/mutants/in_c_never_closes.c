/* A thread for each client, which ends and leaves its descriptor open. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOST 60

static void fail(const char *what)
{
    perror(what);
    exit(1);
}

static int listen_on(int port, int backlog)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_ANY)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);

    if (listener < 0 || bind(listener, (struct sockaddr *)&address, sizeof address) < 0
        || listen(listener, backlog) < 0)
        fail("listen");
    return listener;
}

static int accept_one(int listener)
{
    int fd = accept(listener, NULL, NULL);

    if (fd < 0)
        fail("accept");
    return fd;
}

/* Sends back what has come. Returns 0 at the end of the stream. */
static int echo(int fd)
{
    char data[200];
    ssize_t n = recv(fd, data, sizeof data, 0);

    if (n < 0 || (n > 0 && send(fd, data, n, 0) != n))
        fail("echo");
    return n > 0;
}

static void *serve(void *argument)
{
    int fd = *(int *)argument;

    free(argument);
    while (echo(fd))
        ;
    return NULL;
}

int main(int argc, char *argv[])
{
    if (argc != 3 || atoi(argv[2]) < 1 || atoi(argv[2]) > MOST) {
        fprintf(stderr, "usage: %s PORT CLIENTS\n", argv[0]);
        return 2;
    }
    int clients = atoi(argv[2]);
    int listener = listen_on(atoi(argv[1]), clients);

    pthread_t threads[MOST];
    for (int i = 0; i < clients; i++) {
        int *fd = malloc(sizeof *fd);
        if (fd == NULL)
            fail("malloc");
        *fd = accept_one(listener);
        if (pthread_create(&threads[i], NULL, serve, fd) != 0)
            fail("pthread_create");
    }
    for (int i = 0; i < clients; i++)
        pthread_join(threads[i], NULL);
    for (;;)
        pause(); /* for other clients, one day */
}
