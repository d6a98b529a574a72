/* poll(2), select(2), epoll(7), kqueue(2), and time. */
#include "kernel.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/event.h>
#include <sys/select.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define SECOND 1000000000LL

int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
    return k_returned(k_poll(fds, count, milliseconds));
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask)
{
    int64_t asked = timeout == NULL ? -1 : timeout->tv_sec * 1000 + (timeout->tv_nsec + 999999) / 1000000;
    if (asked > INT_MAX) asked = INT_MAX;
    int64_t before;
    int interrupted = k_mask_for_wait(mask, &before);
    int result = k_poll(fds, count, interrupted ? 0 : (int)asked);
    return k_waited(interrupted && result == 0 ? -EINTR : result, mask, before);
}

unsigned __fd_word(long fd)
{
    if (fd < 0)
        k_fatal("FD_SET: a descriptor below 0 is none: the call that gave it has failed");
    if (fd < 0 || fd >= FD_SETSIZE)
        k_fatal("FD_SET: a descriptor that is not below FD_SETSIZE (1024) has no place in an fd_set");
    return (unsigned)fd / 32;
}

int select(int count, fd_set *restrict reading, fd_set *restrict writing, fd_set *restrict exceptional,
           struct timeval *restrict timeout)
{
    if (timeout == NULL) return k_returned(k_select(count, reading, writing, exceptional, -1));
    if (timeout->tv_sec < 0 || timeout->tv_usec < 0) return k_returned(-EINVAL);
    int64_t asked = timeout->tv_sec * 1000000 + timeout->tv_usec;
    int64_t begin = k_clock(1);
    int result = k_select(count, reading, writing, exceptional, asked);
    int64_t left = asked - (k_clock(1) - begin) / 1000; /* Linux tells what is left */
    if (left < 0) left = 0;
    timeout->tv_sec = left / 1000000;
    timeout->tv_usec = left % 1000000;
    return k_returned(result);
}

int pselect(int count, fd_set *restrict reading, fd_set *restrict writing, fd_set *restrict exceptional,
            const struct timespec *restrict timeout, const sigset_t *restrict mask)
{
    int64_t asked = timeout == NULL ? -1 : timeout->tv_sec * 1000000 + (timeout->tv_nsec + 999) / 1000;
    int64_t before;
    int interrupted = k_mask_for_wait(mask, &before);
    int result = k_select(count, reading, writing, exceptional, interrupted ? 0 : asked);
    return k_waited(interrupted && result == 0 ? -EINTR : result, mask, before);
}

int epoll_create(int size)
{
    return k_returned(size <= 0 ? -EINVAL : k_epoll_create1(0));
}

int epoll_create1(int flags)
{
    return k_returned(k_epoll_create1(flags));
}

int epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
    return k_returned(k_epoll_ctl(epoll, operation, fd, event));
}

int epoll_wait(int epoll, struct epoll_event *events, int most, int milliseconds)
{
    return k_returned(k_epoll_wait(epoll, events, most, milliseconds));
}

int epoll_pwait(int epoll, struct epoll_event *events, int most, int milliseconds, const sigset_t *mask)
{
    int64_t before;
    int interrupted = k_mask_for_wait(mask, &before);
    int result = k_epoll_wait(epoll, events, most, interrupted ? 0 : milliseconds);
    return k_waited(interrupted && result == 0 ? -EINTR : result, mask, before);
}

int kqueue(void)
{
    return k_returned(k_kqueue());
}

int kevent(int kqueue, const struct kevent *changes, int count, struct kevent *events, int most,
           const struct timespec *timeout)
{
    int64_t nanoseconds = timeout == NULL ? -1 : timeout->tv_sec * SECOND + timeout->tv_nsec;
    return k_returned(k_kevent(kqueue, changes, count, events, most, nanoseconds));
}

static int pass(int64_t nanoseconds, struct timespec *left)
{
    int64_t end = k_clock(1) + nanoseconds;
    int result = k_nanosleep(nanoseconds);
    if (left != NULL && result < 0) {
        int64_t rest = end - k_clock(1);
        left->tv_sec = rest / SECOND;
        left->tv_nsec = rest % SECOND;
    }
    return k_returned(result);
}

int nanosleep(const struct timespec *wanted, struct timespec *left)
{
    if (wanted->tv_sec < 0 || wanted->tv_nsec < 0 || wanted->tv_nsec >= SECOND) return k_returned(-EINVAL);
    return pass(wanted->tv_sec * SECOND + wanted->tv_nsec, left);
}

int usleep(unsigned microseconds)
{
    return pass(microseconds * 1000LL, NULL);
}

unsigned sleep(unsigned seconds)
{
    struct timespec left = {0};
    return pass(seconds * SECOND, &left) < 0 ? (unsigned)left.tv_sec + 1 : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    int64_t nanoseconds = k_clock(clock == CLOCK_REALTIME ? 0 : 1);
    now->tv_sec = nanoseconds / SECOND;
    now->tv_nsec = nanoseconds % SECOND;
    return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    (void)zone;
    int64_t nanoseconds = k_clock(0);
    now->tv_sec = nanoseconds / SECOND;
    now->tv_usec = nanoseconds % SECOND / 1000;
    return 0;
}

time_t time(time_t *now)
{
    time_t seconds = k_clock(0) / SECOND;
    if (now != NULL) *now = seconds;
    return seconds;
}
