/* A thread for each client; a mutex guards what they count together, a condition tells when all are done. */
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t done = PTHREAD_COND_INITIALIZER;
static int octets, finished;

static void *serve(void *argument)
{
    int fd = *(int *)argument;
    free(argument);
    char buffer[256];
    ssize_t n;
    while ((n = read(fd, buffer, sizeof buffer)) > 0) {
        if (write(fd, buffer, n) != n) break;
        pthread_mutex_lock(&mutex);
        octets += n;
        pthread_mutex_unlock(&mutex);
    }
    close(fd);
    pthread_mutex_lock(&mutex);
    finished++;
    pthread_cond_signal(&done);
    pthread_mutex_unlock(&mutex);
    return NULL;
}

int main(int argc, char *argv[])
{
    int port = argc > 1 ? atoi(argv[1]) : 7777, clients = argc > 2 ? atoi(argv[2]) : 2;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (bind(listener, (struct sockaddr *)&address, sizeof address) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    for (int i = 0; i < clients; i++) {
        int *fd = malloc(sizeof *fd);
        *fd = accept(listener, NULL, NULL);
        pthread_t thread;
        int error = pthread_create(&thread, NULL, serve, fd);
        if (error != 0) {
            fprintf(stderr, "pthread_create: %d\n", error);
            return 1;
        }
        pthread_detach(thread);
    }
    pthread_mutex_lock(&mutex);
    while (finished < clients) pthread_cond_wait(&done, &mutex);
    pthread_mutex_unlock(&mutex);
    printf("%d octets by %d threads\n", octets, finished);
    return 0;
}
