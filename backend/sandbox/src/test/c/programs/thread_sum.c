/* Threads that share a sum, and give back a value each. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

#define THREADS 4
#define ROUNDS 1000

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static long sum;

static void *add(void *argument)
{
    for (int i = 0; i < ROUNDS; i++) {
        pthread_mutex_lock(&mutex);
        sum += (intptr_t)argument;
        pthread_mutex_unlock(&mutex);
    }
    return (void *)((intptr_t)argument * 10);
}

int main(void)
{
    pthread_t threads[THREADS];
    for (intptr_t i = 0; i < THREADS; i++) pthread_create(&threads[i], NULL, add, (void *)(i + 1));
    long values = 0;
    for (int i = 0; i < THREADS; i++) {
        void *value;
        pthread_join(threads[i], &value);
        values += (intptr_t)value;
    }
    printf("%ld %ld\n", sum, values);
    return 0;
}
