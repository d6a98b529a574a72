/* Computes for ever, in N threads at once, and says nothing. */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static volatile unsigned collected;

static void *spin(void *unused)
{
    unsigned x = 1;

    (void)unused;
    for (;;) {
        for (int i = 0; i < 1000; i++)
            x = x * 1664525u + 1013904223u;
        collected = x;
    }
}

int main(int argc, char *argv[])
{
    int threads = argc > 1 ? atoi(argv[1]) : 1;

    for (int i = 1; i < threads; i++) {
        pthread_t thread;
        int error = pthread_create(&thread, NULL, spin, NULL);
        if (error) {
            fprintf(stderr, "pthread_create: error %d\n", error);
            return 1;
        }
    }
    spin(NULL);
}
