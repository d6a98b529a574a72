/* Semaphores of the threads of one process. */
#ifndef SOCKETLAB_SEMAPHORE_H
#define SOCKETLAB_SEMAPHORE_H

#include <time.h>

#define SEM_VALUE_MAX 0x7fffffff

typedef struct {
    volatile int value;
} sem_t;

int sem_init(sem_t *, int, unsigned);
int sem_destroy(sem_t *);
int sem_wait(sem_t *);
int sem_trywait(sem_t *);
int sem_timedwait(sem_t *__restrict, const struct timespec *__restrict);
int sem_post(sem_t *);
int sem_getvalue(sem_t *__restrict, int *__restrict);

#endif
