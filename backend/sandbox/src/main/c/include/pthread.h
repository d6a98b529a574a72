/* Threads of one process. They change over where one waits, and after a million instructions. */
#ifndef SOCKETLAB_PTHREAD_H
#define SOCKETLAB_PTHREAD_H

#include <sys/types.h>
#include <time.h>

/* The compiler would make one variable of it for all threads, without a word. */
#define __thread __attribute__((unavailable("a variable of each thread: there are only those of pthread_key_create(3)")))

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
#define pthread_key_t socketlab_pthread_key_t
#define pthread_rwlock_t socketlab_pthread_rwlock_t
#define pthread_rwlockattr_t socketlab_pthread_rwlockattr_t
#define pthread_barrier_t socketlab_pthread_barrier_t
#define pthread_barrierattr_t socketlab_pthread_barrierattr_t

typedef int pthread_t;
typedef unsigned pthread_key_t;
typedef struct {
    volatile int locked;
    int type;
    pthread_t owner;
} pthread_mutex_t;
typedef struct {
    volatile int sequence;
} pthread_cond_t;
typedef struct {
    int detached;
} pthread_attr_t;
typedef struct {
    int type;
} pthread_mutexattr_t;
typedef struct {
    int unused;
} pthread_condattr_t;
typedef volatile int pthread_once_t;
typedef struct {
    volatile int readers, writer, waiting, sequence;
} pthread_rwlock_t;
typedef struct {
    int unused;
} pthread_rwlockattr_t;
typedef struct {
    unsigned count, come;
    volatile int round;
} pthread_barrier_t;
typedef struct {
    int unused;
} pthread_barrierattr_t;

#define PTHREAD_MUTEX_INITIALIZER {0, 0, 0}
#define PTHREAD_MUTEX_NORMAL 0
#define PTHREAD_MUTEX_RECURSIVE 1
#define PTHREAD_MUTEX_ERRORCHECK 2
#define PTHREAD_MUTEX_DEFAULT PTHREAD_MUTEX_NORMAL
#undef PTHREAD_RWLOCK_INITIALIZER
#define PTHREAD_RWLOCK_INITIALIZER {0, 0, 0, 0}
#undef PTHREAD_KEYS_MAX
#define PTHREAD_KEYS_MAX 128
#undef PTHREAD_DESTRUCTOR_ITERATIONS
#define PTHREAD_DESTRUCTOR_ITERATIONS 4
#define PTHREAD_BARRIER_SERIAL_THREAD (-1)
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
int pthread_attr_setstacksize(pthread_attr_t *, size_t);
int pthread_key_create(pthread_key_t *, void (*)(void *));
int pthread_key_delete(pthread_key_t);
void *pthread_getspecific(pthread_key_t);
int pthread_setspecific(pthread_key_t, const void *);
int pthread_mutexattr_init(pthread_mutexattr_t *);
int pthread_mutexattr_destroy(pthread_mutexattr_t *);
int pthread_mutexattr_settype(pthread_mutexattr_t *, int);
int pthread_mutex_timedlock(pthread_mutex_t *__restrict, const struct timespec *__restrict);
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
int pthread_rwlock_init(pthread_rwlock_t *__restrict, const pthread_rwlockattr_t *__restrict);
int pthread_rwlock_destroy(pthread_rwlock_t *);
int pthread_rwlock_rdlock(pthread_rwlock_t *);
int pthread_rwlock_tryrdlock(pthread_rwlock_t *);
int pthread_rwlock_wrlock(pthread_rwlock_t *);
int pthread_rwlock_trywrlock(pthread_rwlock_t *);
int pthread_rwlock_unlock(pthread_rwlock_t *);
int pthread_barrier_init(pthread_barrier_t *__restrict, const pthread_barrierattr_t *__restrict, unsigned);
int pthread_barrier_destroy(pthread_barrier_t *);
int pthread_barrier_wait(pthread_barrier_t *);

#endif
