#ifndef SOCKETLAB_SYS_SELECT_H
#define SOCKETLAB_SYS_SELECT_H

#include <features.h>
#define __NEED_size_t
#define __NEED_time_t
#define __NEED_suseconds_t
#define __NEED_struct_timeval
#define __NEED_struct_timespec
#include <bits/alltypes.h>

#ifndef __DEFINED_sigset_t /* the C library's has eight bits */
#define __DEFINED_sigset_t
typedef struct {
    unsigned long long __signals;
} sigset_t;
#endif

#define FD_SETSIZE 1024

typedef struct {
    unsigned long fds_bits[FD_SETSIZE / 8 / sizeof(long)];
} fd_set;

/* A descriptor beyond the set would be written behind it: the program ends instead. */
unsigned __fd_word(long);
#define __FD_BIT(fd) (1UL << ((fd) % 32))
#define FD_ZERO(set) __builtin_memset((set), 0, sizeof(fd_set))
#define FD_SET(fd, set) ((set)->fds_bits[__fd_word(fd)] |= __FD_BIT(fd))
#define FD_CLR(fd, set) ((set)->fds_bits[__fd_word(fd)] &= ~__FD_BIT(fd))
#define FD_ISSET(fd, set) (!!((set)->fds_bits[__fd_word(fd)] & __FD_BIT(fd)))

int select(int, fd_set *__restrict, fd_set *__restrict, fd_set *__restrict, struct timeval *__restrict);
int pselect(int, fd_set *__restrict, fd_set *__restrict, fd_set *__restrict, const struct timespec *__restrict,
            const sigset_t *__restrict);

#endif
