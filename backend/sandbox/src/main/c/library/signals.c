/* Signals. Their handlers run when a call returns: the kernel keeps them until then. */
#include "kernel.h"

#include <errno.h>
#include <signal.h>
#include <sys/time.h>
#include <unistd.h>

#define SIGNALS 32

static struct sigaction actions[SIGNALS];
static volatile int pending;

/* Those of siginterrupt(3): a handler that signal(3) sets from now on has no SA_RESTART. */
static unsigned interrupting;

__attribute__((export_name("__lab_sigflag"))) volatile int *__lab_sigflag(void)
{
    return &pending;
}

static void run_handler(int signal)
{
    struct sigaction *action = &actions[signal % SIGNALS];
    struct sigaction now = *action;
    if (now.sa_flags & (int)SA_RESETHAND) action->sa_handler = SIG_DFL;
    if (now.sa_handler == SIG_DFL || now.sa_handler == SIG_IGN) return; /* changed since it was taken */
    if (now.sa_flags & SA_SIGINFO) {
        siginfo_t info = {.si_signo = signal};
        now.sa_sigaction(signal, &info, NULL);
    } else {
        now.sa_handler(signal);
    }
}

static void run_handlers(void)
{
    int saved = errno;
    for (int signal = k_sigtake(); signal > 0; signal = k_sigtake()) {
        run_handler(signal);
        k_sigreturn();
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

int k_restarts(int result)
{
    if (result != -ERESTARTSYS) return 0;
    k_returned(0);
    return 1;
}

static int how(const struct sigaction *action)
{
    if (action->sa_handler == SIG_DFL) return 0;
    return action->sa_handler == SIG_IGN ? 1 : 2;
}

int sigaction(int signal, const struct sigaction *restrict action, struct sigaction *restrict old)
{
    if (signal < 1 || signal >= SIGNALS || signal == SIGKILL) return k_returned(-EINVAL);
    struct sigaction before = actions[signal];
    if (action != NULL) {
        actions[signal] = *action;
        int result = k_sigaction(signal, how(action), action->sa_flags, action->sa_mask.__signals);
        if (result < 0) return k_returned(result);
    }
    if (old != NULL) *old = before;
    return 0;
}

sighandler_t signal(int number, sighandler_t handler)
{
    struct sigaction action = {.sa_handler = handler}, old;
    if (number > 0 && number < SIGNALS && !(interrupting >> number & 1)) action.sa_flags = SA_RESTART;
    return sigaction(number, &action, &old) < 0 ? SIG_ERR : old.sa_handler;
}

int siginterrupt(int number, int interrupts)
{
    struct sigaction action;
    if (sigaction(number, NULL, &action) < 0) return -1;
    if (interrupts) {
        interrupting |= 1u << number;
        action.sa_flags &= ~SA_RESTART;
    } else {
        interrupting &= ~(1u << number);
        action.sa_flags |= SA_RESTART;
    }
    return sigaction(number, &action, NULL);
}

int sigemptyset(sigset_t *set)
{
    set->__signals = 0;
    return 0;
}

int sigfillset(sigset_t *set)
{
    set->__signals = ~0ULL;
    return 0;
}

int sigaddset(sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    set->__signals |= 1ULL << (signal - 1);
    return 0;
}

int sigdelset(sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    set->__signals &= ~(1ULL << (signal - 1));
    return 0;
}

int sigismember(const sigset_t *set, int signal)
{
    if (signal < 1 || signal > 64) return k_returned(-EINVAL);
    return set->__signals >> (signal - 1) & 1;
}

int sigprocmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    int64_t before;
    int result = set == NULL ? k_sigmask(SIG_BLOCK, 0, &before) : k_sigmask(how, set->__signals, &before);
    if (result >= 0 && old != NULL) old->__signals = before;
    return k_returned(result);
}

int pthread_sigmask(int how, const sigset_t *restrict set, sigset_t *restrict old)
{
    return sigprocmask(how, set, old) < 0 ? errno : 0;
}

int k_mask_for_wait(const sigset_t *mask, int64_t *before)
{
    *before = 0;
    if (mask == NULL) return 0;
    k_sigmask(SIG_SETMASK, mask->__signals, before);
    return pending;
}

int k_waited(int result, const sigset_t *mask, int64_t before)
{
    if (mask == NULL) return k_returned(result);
    k_returned(0); /* the handlers run while the mask of the wait stands */
    k_sigmask(SIG_SETMASK, before, NULL);
    return k_returned(result);
}

int sigsuspend(const sigset_t *mask)
{
    int64_t before;
    int interrupted = k_mask_for_wait(mask, &before);
    return k_waited(interrupted ? -EINTR : k_pause(), mask, before);
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
