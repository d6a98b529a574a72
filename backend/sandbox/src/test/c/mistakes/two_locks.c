#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static pthread_mutex_t books = PTHREAD_MUTEX_INITIALIZER, clients = PTHREAD_MUTEX_INITIALIZER;

static void *clerk(void *unused)
{
    (void)unused;
    pthread_mutex_lock(&clients);
    sleep(1);
    pthread_mutex_lock(&books);
    pthread_mutex_unlock(&books);
    pthread_mutex_unlock(&clients);
    return NULL;
}

/* Two threads lock the same mutexes in another order. */
int main(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, clerk, NULL) != 0) return 1;
    pthread_mutex_lock(&books);
    sleep(1);
    pthread_mutex_lock(&clients);
    printf("both\n");
    pthread_mutex_unlock(&clients);
    pthread_mutex_unlock(&books);
    return pthread_join(thread, NULL);
}
