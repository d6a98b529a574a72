#ifndef SOCKETLAB_SYS_TIME_H
#define SOCKETLAB_SYS_TIME_H

/* The C library's own has timers that it does not have. */
#include_next <sys/time.h>

#ifndef ITIMER_REAL
#define ITIMER_REAL 0
#define ITIMER_VIRTUAL 1
#define ITIMER_PROF 2

struct itimerval {
    struct timeval it_interval;
    struct timeval it_value;
};
#endif

int getitimer(int, struct itimerval *);
int setitimer(int, const struct itimerval *__restrict, struct itimerval *__restrict);

#endif
