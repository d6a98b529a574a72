/*
 * Threads. Each runs on a stack of its own in the memory of all; only one runs at a time, and what stands between two
 * calls of the kernel and a million instructions is not interrupted: so plain variables will do for a mutex.
 */
#include "kernel.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#define STACK 65536
#define FOR_EVER (-1LL)
#define ALL 0x7fffffff

enum { WAIT, WAKE };

__attribute__((export_name("__lab_thread_main"))) void *__lab_thread_main(void *(*function)(void *), void *argument)
{
    return function(argument);
}

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
                   void *(*function)(void *), void *restrict argument)
{
    (void)attributes;
    char *stack = malloc(STACK);
    if (stack == NULL) return EAGAIN;
    int number = k_thread_create((void *)function, argument, stack + STACK - 16);
    if (number < 0) {
        free(stack);
        return -number;
    }
    *thread = number;
    return 0;
}

int pthread_join(pthread_t thread, void **value)
{
    int result = k_thread_join(thread, value);
    return result < 0 ? -result : 0;
}

int pthread_detach(pthread_t thread)
{
    (void)thread; /* what is left of a thread here is its value */
    return 0;
}

pthread_t pthread_self(void)
{
    return k_thread_self();
}

int pthread_equal(pthread_t one, pthread_t other)
{
    return one == other;
}

_Noreturn void pthread_exit(void *value)
{
    k_thread_exit(value);
    __builtin_trap();
}

int pthread_once(pthread_once_t *once, void (*function)(void))
{
    if (*once == 0) {
        *once = 1;
        function();
    }
    return 0;
}

int pthread_attr_init(pthread_attr_t *attributes)
{
    attributes->detached = PTHREAD_CREATE_JOINABLE;
    return 0;
}

int pthread_attr_destroy(pthread_attr_t *attributes)
{
    (void)attributes;
    return 0;
}

int pthread_attr_setdetachstate(pthread_attr_t *attributes, int state)
{
    attributes->detached = state;
    return 0;
}

/* ---- mutexes */

int pthread_mutex_init(pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attributes)
{
    (void)attributes;
    mutex->locked = 0;
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return mutex->locked ? EBUSY : 0;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    while (mutex->locked) k_futex(&mutex->locked, WAIT, 1, FOR_EVER);
    mutex->locked = 1;
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    if (mutex->locked) return EBUSY;
    mutex->locked = 1;
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    mutex->locked = 0;
    k_futex(&mutex->locked, WAKE, 1, 0);
    return 0;
}

/* ---- conditions: who waits sleeps until the sequence has gone on */

int pthread_cond_init(pthread_cond_t *restrict condition, const pthread_condattr_t *restrict attributes)
{
    (void)attributes;
    condition->sequence = 0;
    return 0;
}

int pthread_cond_destroy(pthread_cond_t *condition)
{
    (void)condition;
    return 0;
}

static int wait_for(pthread_cond_t *condition, pthread_mutex_t *mutex, int64_t nanoseconds)
{
    int sequence = condition->sequence;
    pthread_mutex_unlock(mutex);
    int result = k_futex(&condition->sequence, WAIT, sequence, nanoseconds);
    pthread_mutex_lock(mutex);
    return result == -ETIMEDOUT ? ETIMEDOUT : 0;
}

int pthread_cond_wait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex)
{
    return wait_for(condition, mutex, FOR_EVER);
}

int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until)
{
    int64_t left = until->tv_sec * 1000000000LL + until->tv_nsec - k_clock(0);
    return left <= 0 ? ETIMEDOUT : wait_for(condition, mutex, left);
}

int pthread_cond_signal(pthread_cond_t *condition)
{
    condition->sequence++;
    k_futex(&condition->sequence, WAKE, 1, 0);
    return 0;
}

int pthread_cond_broadcast(pthread_cond_t *condition)
{
    condition->sequence++;
    k_futex(&condition->sequence, WAKE, ALL, 0);
    return 0;
}
