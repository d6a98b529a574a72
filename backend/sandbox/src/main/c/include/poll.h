#ifndef SOCKETLAB_POLL_H
#define SOCKETLAB_POLL_H

#include <features.h>
#define __NEED_time_t
#define __NEED_struct_timespec
#include <bits/alltypes.h>

#ifndef __DEFINED_sigset_t /* the C library's has eight bits */
#define __DEFINED_sigset_t
typedef struct {
    unsigned long long __signals;
} sigset_t;
#endif

#define POLLIN 0x001
#define POLLPRI 0x002
#define POLLOUT 0x004
#define POLLERR 0x008
#define POLLHUP 0x010
#define POLLNVAL 0x020
#define POLLRDNORM 0x040
#define POLLRDBAND 0x080
#define POLLWRNORM 0x100
#define POLLWRBAND 0x200
#define POLLRDHUP 0x2000

typedef unsigned long nfds_t;

struct pollfd {
    int fd;
    short events, revents;
};

int poll(struct pollfd *, nfds_t, int);
int ppoll(struct pollfd *, nfds_t, const struct timespec *, const sigset_t *);

#endif
