/* Signals. Their handlers run when a call returns: the kernel keeps them until then. */
#include "kernel.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#define SIGNALS 32

static struct sigaction actions[SIGNALS];
static volatile int pending;
static int64_t blocked;

__attribute__((export_name("__lab_sigflag"))) volatile int *__lab_sigflag(void)
{
    return &pending;
}

static void run_handlers(void)
{
    int saved = errno;
    for (int signal = k_sigtake(); signal > 0; signal = k_sigtake()) {
        struct sigaction action = actions[signal % SIGNALS];
        if (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN) continue;
        if (action.sa_flags & SA_SIGINFO) {
            siginfo_t info = {.si_signo = signal};
            action.sa_sigaction(signal, &info, NULL);
        } else {
            action.sa_handler(signal);
        }
    }
    errno = saved;
}

int k_returned(int result)
{
    if (pending) {
        pending = 0;
        run_handlers();
    }
    if (result >= 0) return result;
    errno = -result;
    return -1;
}

static int disposition(const struct sigaction *action)
{
    if (action->sa_handler == SIG_DFL) return 0;
    if (action->sa_handler == SIG_IGN) return 1;
    return action->sa_flags & SA_RESTART ? 3 : 2;
}

int sigaction(int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
    if (signal < 1 || signal >= SIGNALS || signal == SIGKILL) return k_returned(-EINVAL);
    struct sigaction before = actions[signal];
    if (action != NULL) {
        actions[signal] = *action;
        int result = k_sigdisp(signal, disposition(action));
        if (result < 0) return k_returned(result);
    }
    if (old != NULL) *old = before;
    return 0;
}

sighandler_t signal(int number, sighandler_t handler)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
    return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

/* sigset_t is a char in the C library, which has no signals: its lowest eight would fit. So sets are kept apart. */
_Static_assert(sizeof(sigset_t) >= 1, "there is room for a number");
static int64_t sets[256];
static unsigned char next_set = 1;

static int64_t *set_of(const sigset_t *set)
{
    return &sets[*(const unsigned char *)set];
}

static void fresh(sigset_t *set, int64_t value)
{
    *(unsigned char *)set = next_set++;
    if (next_set == 0) next_set = 1;
    *set_of(set) = value;
}

int sigemptyset(sigset_t *set)
{
    fresh(set, 0);
    return 0;
}

int sigfillset(sigset_t *set)
{
    fresh(set, -1);
    return 0;
}

int sigaddset(sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    *set_of(set) |= 1LL << (signal - 1);
    return 0;
}

int sigdelset(sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    *set_of(set) &= ~(1LL << (signal - 1));
    return 0;
}

int sigismember(const sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    return (*set_of(set) >> (signal - 1)) & 1;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    int64_t before = blocked;
    if (set != NULL) {
        int64_t wanted = *set_of(set);
        int result = k_sigmask(how, wanted, &before);
        if (result < 0) return k_returned(result);
        blocked = how == SIG_BLOCK ? before | wanted : how == SIG_UNBLOCK ? before & ~wanted : wanted;
    }
    if (old != NULL) fresh(old, before);
    return k_returned(0);
}

int k_mask_for_wait(const sigset_t *mask)
{
    if (mask == NULL) return 0;
    int64_t before;
    k_sigmask(SIG_SETMASK, *set_of(mask), &before);
    return pending;
}

int k_waited(int result, const sigset_t *mask)
{
    if (mask == NULL) return k_returned(result);
    k_returned(0); /* the handlers run while the mask of the wait stands */
    int64_t before;
    k_sigmask(SIG_SETMASK, blocked, &before);
    return k_returned(result);
}

int kill(pid_t pid, int signal)
{
    return k_returned(k_kill(pid, signal));
}

int raise(int signal)
{
    return k_returned(k_kill(k_getpid(), signal));
}

static struct itimerval timer_of(const int64_t *micros)
{
    return (struct itimerval){
        .it_value = {.tv_sec = micros[0] / 1000000, .tv_usec = micros[0] % 1000000},
        .it_interval = {.tv_sec = micros[1] / 1000000, .tv_usec = micros[1] % 1000000},
    };
}

unsigned alarm(unsigned seconds)
{
    return k_alarm(seconds);
}

int getitimer(int which, struct itimerval *now)
{
    int64_t micros[2];
    int result = k_getitimer(which, micros);
    if (result >= 0) *now = timer_of(micros);
    return k_returned(result);
}

int setitimer(int which, const struct itimerval *restrict wanted, struct itimerval *restrict old)
{
    int64_t micros[2];
    const struct timeval *value = &wanted->it_value, *interval = &wanted->it_interval;
    if (value->tv_usec < 0 || value->tv_usec >= 1000000 || interval->tv_usec < 0 || interval->tv_usec >= 1000000)
        return k_returned(-EINVAL);
    int result = k_setitimer(which, value->tv_sec * 1000000 + value->tv_usec,
                             interval->tv_sec * 1000000 + interval->tv_usec, micros);
    if (result >= 0 && old != NULL) *old = timer_of(micros);
    return k_returned(result);
}

int pause(void)
{
    return k_returned(k_pause());
}

_Noreturn void abort(void)
{
    k_fatal("aborted");
}
