/* Values of each thread's own, a read-write lock, and a wait that has an end. */
#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define THREADS 3

static pthread_key_t key;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t done;
static int freed, total;

static void destructor(void *value)
{
    freed++;
    free(value);
}

static void make_key(void)
{
    pthread_key_create(&key, destructor);
}

static void *work(void *argument)
{
    long number = (long)argument;
    pthread_once(&once, make_key);
    int *own = pthread_getspecific(key);
    if (own == NULL) {
        own = calloc(1, sizeof *own);
        pthread_setspecific(key, own);
    }
    for (int i = 0; i < 10; i++) *(int *)pthread_getspecific(key) += number;
    pthread_barrier_wait(&barrier);
    pthread_rwlock_wrlock(&lock);
    total += *own;
    pthread_rwlock_unlock(&lock);
    sem_post(&done);
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    sem_init(&done, 0, 0);
    pthread_barrier_init(&barrier, NULL, THREADS);
    for (long i = 0; i < THREADS; i++) {
        int error = pthread_create(&threads[i], NULL, work, (void *)(i + 1));
        if (error != 0) {
            fprintf(stderr, "pthread_create: %s\n", strerror(error));
            exit(1);
        }
    }
    for (int i = 0; i < THREADS; i++) sem_wait(&done);
    for (int i = 0; i < THREADS; i++) pthread_join(threads[i], NULL);
    pthread_rwlock_rdlock(&lock);
    printf("together %d, freed %d\n", total, freed);
    pthread_rwlock_unlock(&lock);
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 2;
    pthread_mutex_lock(&mutex);
    int error = pthread_cond_timedwait(&never, &mutex, &until);
    pthread_mutex_unlock(&mutex);
    printf("%s\n", error == ETIMEDOUT ? "nobody came" : strerror(error));
    pthread_mutexattr_t kind;
    pthread_mutex_t again;
    pthread_mutexattr_init(&kind);
    pthread_mutexattr_settype(&kind, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&again, &kind);
    pthread_mutex_lock(&again);
    pthread_mutex_lock(&again);
    pthread_mutex_unlock(&again);
    pthread_mutex_unlock(&again);
    printf("and %s\n", pthread_mutex_trylock(&again) == 0 ? "free" : "locked");
    return 0;
}
