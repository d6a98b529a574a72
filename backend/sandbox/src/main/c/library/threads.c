/*
 * Threads. Each runs on a stack of its own in the memory of all; only one runs at a time, and what stands between two
 * calls of the kernel and a million instructions is not interrupted: so plain variables will do for a mutex.
 */
#include "kernel.h"

#include <errno.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdlib.h>

#define STACK 65536
#define FOR_EVER (-1LL)
#define ALL 0x7fffffff

enum { WAIT, WAKE };

static void destroy_values(void);

__attribute__((export_name("__lab_thread_main"))) void *__lab_thread_main(void *(*function)(void *), void *argument)
{
    void *value = function(argument);
    destroy_values();
    return value;
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
    destroy_values();
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

int pthread_attr_setstacksize(pthread_attr_t *attributes, size_t size)
{
    (void)attributes;
    return size <= STACK ? 0 : EINVAL;
}

/* ---- values that each thread has of its own */

struct own_value {
    struct own_value *next;
    pthread_t thread;
    const void *value;
};

static struct {
    int used;
    void (*destroy)(void *);
    struct own_value *values;
} keys[PTHREAD_KEYS_MAX];

static int is_key(pthread_key_t key)
{
    return key < PTHREAD_KEYS_MAX && keys[key].used;
}

static struct own_value *own_value(pthread_key_t key)
{
    pthread_t self = pthread_self();
    struct own_value *value = keys[key].values;
    while (value != NULL && value->thread != self) value = value->next;
    return value;
}

int pthread_key_create(pthread_key_t *key, void (*destroy)(void *))
{
    for (pthread_key_t free = 0; free < PTHREAD_KEYS_MAX; free++) {
        if (keys[free].used) continue;
        keys[free].used = 1;
        keys[free].destroy = destroy;
        *key = free;
        return 0;
    }
    return EAGAIN;
}

int pthread_key_delete(pthread_key_t key)
{
    if (!is_key(key)) return EINVAL;
    while (keys[key].values != NULL) {
        struct own_value *value = keys[key].values;
        keys[key].values = value->next;
        free(value);
    }
    keys[key].used = 0;
    return 0;
}

void *pthread_getspecific(pthread_key_t key)
{
    struct own_value *value = is_key(key) ? own_value(key) : NULL;
    return value == NULL ? NULL : (void *)value->value;
}

int pthread_setspecific(pthread_key_t key, const void *wanted)
{
    if (!is_key(key)) return EINVAL;
    struct own_value *value = own_value(key);
    if (value == NULL) {
        value = malloc(sizeof *value);
        if (value == NULL) return ENOMEM;
        *value = (struct own_value){.next = keys[key].values, .thread = pthread_self()};
        keys[key].values = value;
    }
    value->value = wanted;
    return 0;
}

/* Destructors may set values again: they are called PTHREAD_DESTRUCTOR_ITERATIONS times at most. */
static void destroy_values(void)
{
    for (int round = 0, found = 1; found && round < PTHREAD_DESTRUCTOR_ITERATIONS; round++) {
        found = 0;
        for (pthread_key_t key = 0; key < PTHREAD_KEYS_MAX; key++) {
            if (!keys[key].used || keys[key].values == NULL) continue;
            struct own_value *value = own_value(key);
            if (value == NULL || value->value == NULL) continue;
            void *old = (void *)value->value;
            value->value = NULL;
            if (keys[key].destroy == NULL) continue;
            keys[key].destroy(old);
            found = 1;
        }
    }
}

/* ---- mutexes: the word counts how often a recursive one is locked */

int pthread_mutexattr_init(pthread_mutexattr_t *attributes)
{
    attributes->type = PTHREAD_MUTEX_DEFAULT;
    return 0;
}

int pthread_mutexattr_destroy(pthread_mutexattr_t *attributes)
{
    (void)attributes;
    return 0;
}

int pthread_mutexattr_settype(pthread_mutexattr_t *attributes, int type)
{
    if (type < PTHREAD_MUTEX_NORMAL || type > PTHREAD_MUTEX_ERRORCHECK) return EINVAL;
    attributes->type = type;
    return 0;
}

int pthread_mutex_init(pthread_mutex_t *restrict mutex, const pthread_mutexattr_t *restrict attributes)
{
    *mutex = (pthread_mutex_t){.type = attributes == NULL ? PTHREAD_MUTEX_DEFAULT : attributes->type};
    return 0;
}

int pthread_mutex_destroy(pthread_mutex_t *mutex)
{
    return mutex->locked ? EBUSY : 0;
}

/* Of a mutex that knows its owner, what it is to the one that has it already; else -1. */
static int locked_again(pthread_mutex_t *mutex)
{
    if (mutex->type == PTHREAD_MUTEX_NORMAL || !mutex->locked || mutex->owner != pthread_self()) return -1;
    if (mutex->type == PTHREAD_MUTEX_ERRORCHECK) return EDEADLK;
    mutex->locked++;
    return 0;
}

static void take(pthread_mutex_t *mutex)
{
    mutex->locked = 1;
    if (mutex->type != PTHREAD_MUTEX_NORMAL) mutex->owner = pthread_self();
}

/* Nothing comes between the look and the sleep: threads change over only where one of them waits. */
int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    int again = locked_again(mutex);
    if (again >= 0) return again;
    while (mutex->locked) k_futex(&mutex->locked, WAIT, mutex->locked, FOR_EVER);
    take(mutex);
    return 0;
}

int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    if (mutex->type == PTHREAD_MUTEX_RECURSIVE && locked_again(mutex) == 0) return 0;
    if (mutex->locked) return EBUSY;
    take(mutex);
    return 0;
}

static int64_t until_from_now(const struct timespec *until)
{
    return until->tv_sec * 1000000000LL + until->tv_nsec - k_clock(0);
}

int pthread_mutex_timedlock(pthread_mutex_t *restrict mutex, const struct timespec *restrict until)
{
    int again = locked_again(mutex);
    if (again >= 0) return again;
    while (mutex->locked) {
        int64_t left = until_from_now(until);
        if (left <= 0) return ETIMEDOUT;
        k_futex(&mutex->locked, WAIT, mutex->locked, left);
    }
    take(mutex);
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    if (mutex->type != PTHREAD_MUTEX_NORMAL) {
        if (!mutex->locked || mutex->owner != pthread_self()) return EPERM;
        if (--mutex->locked > 0) return 0;
    }
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
    int64_t left = until_from_now(until);
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

/* ---- read-write locks: readers come in as long as none waits to write */

int pthread_rwlock_init(pthread_rwlock_t *restrict lock, const pthread_rwlockattr_t *restrict attributes)
{
    (void)attributes;
    *lock = (pthread_rwlock_t)PTHREAD_RWLOCK_INITIALIZER;
    return 0;
}

int pthread_rwlock_destroy(pthread_rwlock_t *lock)
{
    return lock->readers > 0 || lock->writer ? EBUSY : 0;
}

static void sleep_on(pthread_rwlock_t *lock)
{
    k_futex(&lock->sequence, WAIT, lock->sequence, FOR_EVER);
}

int pthread_rwlock_rdlock(pthread_rwlock_t *lock)
{
    while (lock->writer || lock->waiting > 0) sleep_on(lock);
    lock->readers++;
    return 0;
}

int pthread_rwlock_tryrdlock(pthread_rwlock_t *lock)
{
    if (lock->writer || lock->waiting > 0) return EBUSY;
    lock->readers++;
    return 0;
}

int pthread_rwlock_wrlock(pthread_rwlock_t *lock)
{
    lock->waiting++;
    while (lock->writer || lock->readers > 0) sleep_on(lock);
    lock->waiting--;
    lock->writer = 1;
    return 0;
}

int pthread_rwlock_trywrlock(pthread_rwlock_t *lock)
{
    if (lock->writer || lock->readers > 0) return EBUSY;
    lock->writer = 1;
    return 0;
}

int pthread_rwlock_unlock(pthread_rwlock_t *lock)
{
    if (lock->writer) lock->writer = 0;
    else lock->readers--;
    lock->sequence++;
    k_futex(&lock->sequence, WAKE, ALL, 0);
    return 0;
}

/* ---- barriers */

int pthread_barrier_init(pthread_barrier_t *restrict barrier, const pthread_barrierattr_t *restrict attributes,
                         unsigned count)
{
    (void)attributes;
    if (count == 0) return EINVAL;
    *barrier = (pthread_barrier_t){.count = count};
    return 0;
}

int pthread_barrier_destroy(pthread_barrier_t *barrier)
{
    return barrier->come > 0 ? EBUSY : 0;
}

int pthread_barrier_wait(pthread_barrier_t *barrier)
{
    int round = barrier->round;
    if (++barrier->come == barrier->count) {
        barrier->come = 0;
        barrier->round++;
        k_futex(&barrier->round, WAKE, ALL, 0);
        return PTHREAD_BARRIER_SERIAL_THREAD;
    }
    while (barrier->round == round) k_futex(&barrier->round, WAIT, round, FOR_EVER);
    return 0;
}

/* ---- semaphores */

int sem_init(sem_t *semaphore, int shared, unsigned value)
{
    if (shared || value > SEM_VALUE_MAX) {
        errno = shared ? ENOSYS : EINVAL;
        return -1;
    }
    semaphore->value = value;
    return 0;
}

int sem_destroy(sem_t *semaphore)
{
    (void)semaphore;
    return 0;
}

int sem_wait(sem_t *semaphore)
{
    while (semaphore->value == 0) k_futex(&semaphore->value, WAIT, 0, FOR_EVER);
    semaphore->value--;
    return 0;
}

int sem_trywait(sem_t *semaphore)
{
    if (semaphore->value == 0) {
        errno = EAGAIN;
        return -1;
    }
    semaphore->value--;
    return 0;
}

int sem_timedwait(sem_t *restrict semaphore, const struct timespec *restrict until)
{
    while (semaphore->value == 0) {
        int64_t left = until_from_now(until);
        if (left <= 0) {
            errno = ETIMEDOUT;
            return -1;
        }
        k_futex(&semaphore->value, WAIT, 0, left);
    }
    semaphore->value--;
    return 0;
}

int sem_post(sem_t *semaphore)
{
    semaphore->value++;
    k_futex(&semaphore->value, WAKE, 1, 0);
    return 0;
}

int sem_getvalue(sem_t *restrict semaphore, int *restrict value)
{
    *value = semaphore->value;
    return 0;
}
