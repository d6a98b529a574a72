/* Threads of one process. They change over where one waits, and after a million instructions. */
#ifndef SOCKETLAB_PTHREAD_H
#define SOCKETLAB_PTHREAD_H

#include <sys/types.h>
#include <time.h>

#undef PTHREAD_MUTEX_INITIALIZER
#undef PTHREAD_COND_INITIALIZER
#undef PTHREAD_ONCE_INIT

/* The C library has declared types of these names, for threads that it does not have. */
#define pthread_t socketlab_pthread_t
#define pthread_mutex_t socketlab_pthread_mutex_t
#define pthread_cond_t socketlab_pthread_cond_t
#define pthread_attr_t socketlab_pthread_attr_t
#define pthread_mutexattr_t socketlab_pthread_mutexattr_t
#define pthread_condattr_t socketlab_pthread_condattr_t
#define pthread_once_t socketlab_pthread_once_t

typedef int pthread_t;
typedef struct {
    volatile int locked;
} pthread_mutex_t;
typedef struct {
    volatile int sequence;
} pthread_cond_t;
typedef struct {
    int detached;
} pthread_attr_t;
typedef struct {
    int unused;
} pthread_mutexattr_t;
typedef struct {
    int unused;
} pthread_condattr_t;
typedef volatile int pthread_once_t;

#define PTHREAD_MUTEX_INITIALIZER {0}
#define PTHREAD_COND_INITIALIZER {0}
#define PTHREAD_ONCE_INIT 0
#define PTHREAD_CREATE_JOINABLE 0
#define PTHREAD_CREATE_DETACHED 1

int pthread_create(pthread_t *__restrict, const pthread_attr_t *__restrict, void *(*)(void *), void *__restrict);
int pthread_join(pthread_t, void **);
int pthread_detach(pthread_t);
pthread_t pthread_self(void);
int pthread_equal(pthread_t, pthread_t);
void pthread_exit(void *) __attribute__((noreturn));
int pthread_once(pthread_once_t *, void (*)(void));
int pthread_attr_init(pthread_attr_t *);
int pthread_attr_destroy(pthread_attr_t *);
int pthread_attr_setdetachstate(pthread_attr_t *, int);
int pthread_mutex_init(pthread_mutex_t *__restrict, const pthread_mutexattr_t *__restrict);
int pthread_mutex_destroy(pthread_mutex_t *);
int pthread_mutex_lock(pthread_mutex_t *);
int pthread_mutex_trylock(pthread_mutex_t *);
int pthread_mutex_unlock(pthread_mutex_t *);
int pthread_cond_init(pthread_cond_t *__restrict, const pthread_condattr_t *__restrict);
int pthread_cond_destroy(pthread_cond_t *);
int pthread_cond_wait(pthread_cond_t *__restrict, pthread_mutex_t *__restrict);
int pthread_cond_timedwait(pthread_cond_t *__restrict, pthread_mutex_t *__restrict,
                           const struct timespec *__restrict);
int pthread_cond_signal(pthread_cond_t *);
int pthread_cond_broadcast(pthread_cond_t *);

#endif
