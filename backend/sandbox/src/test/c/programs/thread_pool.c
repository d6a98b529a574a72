/* Four threads wait for connections in a queue; the main thread only accepts. Answers each line with its length. */
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define WORKERS 4
#define ROOM 8
#define NO_MORE (-1)

static int queue[ROOM];
static int first, waiting;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;

static void put(int fd)
{
    pthread_mutex_lock(&mutex);
    while (waiting == ROOM) pthread_cond_wait(&not_full, &mutex);
    queue[(first + waiting++) % ROOM] = fd;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&mutex);
}

static int take(void)
{
    pthread_mutex_lock(&mutex);
    while (waiting == 0) pthread_cond_wait(&not_empty, &mutex);
    int fd = queue[first];
    first = (first + 1) % ROOM;
    waiting--;
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&mutex);
    return fd;
}

static void *work(void *served)
{
    for (int fd; (fd = take()) != NO_MORE;) {
        char text[512];
        ssize_t n;
        while ((n = recv(fd, text, sizeof text, 0)) > 0) {
            char answer[32];
            int length = snprintf(answer, sizeof answer, "%d octets\n", (int)n);
            if (send(fd, answer, length, MSG_NOSIGNAL) < 0) break;
        }
        close(fd);
        ++*(int *)served;
    }
    return served;
}

int main(int argc, char *argv[])
{
    int connections = argc > 2 ? atoi(argv[2]) : 8;
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(argc > 1 ? atoi(argv[1]) : 7000)};
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 16) < 0) {
        perror("bind or listen");
        return 1;
    }
    pthread_t workers[WORKERS];
    int served[WORKERS] = {0};
    for (int i = 0; i < WORKERS; i++) {
        int error = pthread_create(&workers[i], NULL, work, &served[i]);
        if (error != 0) {
            fprintf(stderr, "pthread_create: %s\n", strerror(error));
            return 1;
        }
    }
    for (int i = 0; i < connections; i++) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0) put(fd);
    }
    for (int i = 0; i < WORKERS; i++) put(NO_MORE);
    int sum = 0;
    for (int i = 0; i < WORKERS; i++) {
        void *result;
        pthread_join(workers[i], &result);
        sum += *(int *)result;
    }
    printf("%d connections served\n", sum);
    return 0;
}
