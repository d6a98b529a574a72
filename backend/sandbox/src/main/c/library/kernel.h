/*
 * The calls of the simulated kernel: what a program imports. They give what they return, or -errno. Their types stand
 * once more in CallTable.java, which lets no others in.
 */
#ifndef SOCKETLAB_KERNEL_H
#define SOCKETLAB_KERNEL_H

#include <signal.h>
#include <stddef.h>
#include <stdint.h>

/* A network interface; addresses are in network byte order, prefix6 is 0 where there is no address of IPv6. */
struct k_interface {
    char name[16];
    uint32_t address, netmask;
    uint32_t flags, index, prefix6;
    unsigned char address6[16];
    uint32_t unused;
};

#define KERNEL(name) __attribute__((import_module("kernel"), import_name(#name)))

KERNEL(socket) int k_socket(int domain, int type, int protocol);
KERNEL(socketpair) int k_socketpair(int domain, int type, int protocol, int *pair);
KERNEL(bind) int k_bind(int fd, const void *address, unsigned length);
KERNEL(listen) int k_listen(int fd, int backlog);
KERNEL(accept4) int k_accept4(int fd, void *address, void *length, int flags);
KERNEL(connect) int k_connect(int fd, const void *address, unsigned length);
KERNEL(sendto) int k_sendto(int fd, const void *data, size_t count, int flags, const void *address, unsigned length);
KERNEL(recvfrom) int k_recvfrom(int fd, void *data, size_t room, int flags, void *address, void *length);
KERNEL(sendmsg) int k_sendmsg(int fd, const void *message, int flags);
KERNEL(recvmsg) int k_recvmsg(int fd, void *message, int flags);
KERNEL(shutdown) int k_shutdown(int fd, int how);
KERNEL(getsockname) int k_getsockname(int fd, void *address, void *length);
KERNEL(getpeername) int k_getpeername(int fd, void *address, void *length);
KERNEL(getsockopt) int k_getsockopt(int fd, int level, int option, void *value, void *length);
KERNEL(setsockopt) int k_setsockopt(int fd, int level, int option, const void *value, unsigned length);

KERNEL(read) int k_read(int fd, void *data, size_t room);
KERNEL(write) int k_write(int fd, const void *data, size_t count);
KERNEL(readv) int k_readv(int fd, const void *iov, int count);
KERNEL(writev) int k_writev(int fd, const void *iov, int count);
KERNEL(close) int k_close(int fd);
KERNEL(fcntl) int k_fcntl(int fd, int command, int argument);
KERNEL(ioctl) int k_ioctl(int fd, int request, void *argument);
KERNEL(dup) int k_dup(int fd);
KERNEL(dup3) int k_dup3(int fd, int other, int flags); /* flags -1: dup2(2) */
KERNEL(pipe2) int k_pipe2(int *ends, int flags);

KERNEL(poll) int k_poll(void *fds, unsigned count, int milliseconds);
KERNEL(select) int k_select(int count, void *reading, void *writing, void *exceptional, int64_t microseconds);
KERNEL(epoll_create1) int k_epoll_create1(int flags);
KERNEL(epoll_ctl) int k_epoll_ctl(int epoll, int operation, int fd, void *event);
KERNEL(epoll_wait) int k_epoll_wait(int epoll, void *events, int most, int milliseconds);
KERNEL(kqueue) int k_kqueue(void);
KERNEL(kevent) int k_kevent(int kqueue, const void *changes, int count, void *events, int most, int64_t nanoseconds);
KERNEL(nanosleep) int k_nanosleep(int64_t nanoseconds);
KERNEL(clock) int64_t k_clock(int clock); /* 0: the time of day, else since the start; nanoseconds */

KERNEL(getpid) int k_getpid(void);
KERNEL(getppid) int k_getppid(void);
KERNEL(gethostname) int k_gethostname(char *name, size_t room);
KERNEL(interfaces) int k_interfaces(struct k_interface *room, int most); /* gives how many there are */
KERNEL(resolve) int k_resolve(const char *name, uint32_t *addresses, int most); /* 0: no such name */
/* How: 0 default, 1 ignore, 2 a handler, whose signal and the mask's are blocked while it runs. */
KERNEL(sigaction) int k_sigaction(int signal, int how, int flags, int64_t mask);
KERNEL(sigtake) int k_sigtake(void);     /* the signal whose handler is to run next, 0 for none */
KERNEL(sigreturn) int k_sigreturn(void); /* that handler has returned */
KERNEL(sigmask) int k_sigmask(int how, int64_t set, int64_t *old);
KERNEL(kill) int k_kill(int pid, int signal);
KERNEL(alarm) int k_alarm(unsigned seconds);
KERNEL(pause) int k_pause(void);
/* Microseconds; old has the value and the interval, and may be NULL. */
KERNEL(setitimer) int k_setitimer(int which, int64_t value, int64_t interval, int64_t *old);
KERNEL(getitimer) int k_getitimer(int which, int64_t *now);
KERNEL(getrlimit) int k_getrlimit(int resource, void *limit);
KERNEL(setrlimit) int k_setrlimit(int resource, const void *limit);
KERNEL(fork) int k_fork(void);
KERNEL(wait4) int k_wait4(int pid, int *status, int options);

KERNEL(thread_create) int k_thread_create(void *function, void *argument, void *stack);
KERNEL(thread_join) int k_thread_join(int thread, void **value);
KERNEL(thread_self) int k_thread_self(void);
KERNEL(thread_exit) void k_thread_exit(void *value);
KERNEL(futex) int k_futex(volatile int *word, int wake, int value, int64_t nanoseconds); /* below 0: for ever */
KERNEL(tick) int k_tick(void);
KERNEL(fatal) _Noreturn void k_fatal(const char *message);

/** What a POSIX function returns for what a call gave: -1 and errno for an error. Signals are taken first. */
int k_returned(int result);

/* What the kernel gives where a call has given way to a handler with SA_RESTART: errno never has this value. */
#define ERESTARTSYS 512

/** Whether a call is to be made again, for a handler has interrupted it. The handler has run by then. signal(7). */
int k_restarts(int result);

/** The same as k_returned(call), of a call that may have to be made again. */
#define K_RESTARTED(call) \
    ({ \
        int result_; \
        do result_ = (call); \
        while (k_restarts(result_)); \
        k_returned(result_); \
    })

/*
 * For a wait with a mask of its own, as in pselect(2). k_mask_for_wait puts it in the place of the thread's, which goes
 * to before, and tells whether a signal was pending that it lets through: then the wait must not wait. k_waited puts
 * back what was there before the wait and returns what POSIX does. A mask of NULL changes nothing.
 */
int k_mask_for_wait(const sigset_t *mask, int64_t *before);
int k_waited(int result, const sigset_t *mask, int64_t before);

#endif
