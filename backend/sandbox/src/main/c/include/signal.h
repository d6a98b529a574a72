#ifndef SOCKETLAB_SIGNAL_H
#define SOCKETLAB_SIGNAL_H

#include <sys/types.h>
#include <bits/alltypes.h>

#ifndef __DEFINED_sigset_t /* the C library's has eight bits */
#define __DEFINED_sigset_t
typedef struct {
    unsigned long long __signals;
} sigset_t;
#endif

#define SIGHUP 1
#define SIGINT 2
#define SIGQUIT 3
#define SIGILL 4
#define SIGTRAP 5
#define SIGABRT 6
#define SIGBUS 7
#define SIGFPE 8
#define SIGKILL 9
#define SIGUSR1 10
#define SIGSEGV 11
#define SIGUSR2 12
#define SIGPIPE 13
#define SIGALRM 14
#define SIGTERM 15
#define SIGCHLD 17
#define SIGCONT 18
#define SIGURG 23
#define SIGXCPU 24
#define SIGVTALRM 26
#define SIGPROF 27
#define SIGWINCH 28
#define SIGIO 29
#define SIGPOLL SIGIO
#define SIGSYS 31

typedef int sig_atomic_t;
typedef void (*sighandler_t)(int);

/* A pointer to a function is a small number in WebAssembly: 1 may be one. */
#define SIG_DFL ((sighandler_t)0)
#define SIG_ERR ((sighandler_t)-1)
#define SIG_IGN ((sighandler_t)-2)

#define SA_NOCLDSTOP 1
#define SA_NOCLDWAIT 2
#define SA_SIGINFO 4
#define SA_RESTART 0x10000000
#define SA_INTERRUPT 0x20000000 /* what is so without SA_RESTART */
#define SA_NODEFER 0x40000000
#define SA_RESETHAND 0x80000000

typedef struct {
    int si_signo, si_errno, si_code;
} siginfo_t;

struct sigaction {
    union {
        sighandler_t sa_handler;
        void (*sa_sigaction)(int, siginfo_t *, void *);
    };
    sigset_t sa_mask;
    int sa_flags;
};

#define SIG_BLOCK 0
#define SIG_UNBLOCK 1
#define SIG_SETMASK 2

sighandler_t signal(int, sighandler_t);
int sigaction(int, const struct sigaction *__restrict, struct sigaction *__restrict);
int sigemptyset(sigset_t *);
int sigfillset(sigset_t *);
int sigaddset(sigset_t *, int);
int sigdelset(sigset_t *, int);
int sigismember(const sigset_t *, int);
int sigprocmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int pthread_sigmask(int, const sigset_t *__restrict, sigset_t *__restrict);
int sigsuspend(const sigset_t *);
int siginterrupt(int, int);
int raise(int);
int kill(pid_t, int);

#endif
