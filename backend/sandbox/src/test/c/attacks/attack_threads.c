/* Makes threads that wait, until there are no more. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void *wait_for_ever(void *unused)
{
    (void)unused;
    pause();
    return NULL;
}

int main(void)
{
    int count = 0, error;
    pthread_t thread;
    while ((error = pthread_create(&thread, NULL, wait_for_ever, NULL)) == 0)
        count++;
    printf("%d threads, %s\n", count, strerror(error));
    return 0;
}
