/* What a handler must not be interrupted by: its own signal, and those of sa_mask. And in which order several run. */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int depth, left; /* how deep, and how often it sends once more */

static void nested(int signal)
{
    depth++;
    printf("%d begins, %d deep\n", signal, depth);
    if (signal == SIGUSR1 && left-- > 0) {
        kill(getpid(), SIGUSR1);
        kill(getpid(), SIGUSR2);
    }
    printf("%d ends\n", signal);
    depth--;
}

static void once(int signal)
{
    printf("%d once\n", signal);
}

static void told(int signal, siginfo_t *info, void *context)
{
    (void)context;
    printf("%d is %d\n", signal, info->si_signo);
}

static void set(int signal, int flags, int masked)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = nested;
    sigemptyset(&action.sa_mask);
    if (masked) sigaddset(&action.sa_mask, masked);
    action.sa_flags = flags;
    sigaction(signal, &action, NULL);
}

static void both(const char *what)
{
    sigset_t two, old;
    sigemptyset(&two);
    sigaddset(&two, SIGUSR1);
    sigaddset(&two, SIGUSR2);
    printf("%s\n", what);
    sigprocmask(SIG_BLOCK, &two, &old);
    printf("blocked before: %d\n", sigismember(&old, SIGUSR1));
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR2);
    sigprocmask(SIG_SETMASK, &old, NULL);
}

int main(void)
{
    set(SIGUSR1, 0, 0);
    set(SIGUSR2, 0, 0);
    both("two that wait");
    set(SIGUSR1, 0, SIGUSR2);
    both("the first masks the second");

    left = 2;
    set(SIGUSR1, 0, 0);
    printf("from within\n");
    kill(getpid(), SIGUSR1);
    set(SIGUSR1, SA_NODEFER, 0);
    left = 2;
    printf("not deferred\n");
    kill(getpid(), SIGUSR1);
    set(SIGUSR1, 0, SIGUSR2);
    left = 2;
    printf("masked\n");
    kill(getpid(), SIGUSR1);

    struct sigaction action, old;
    memset(&action, 0, sizeof action);
    action.sa_handler = once;
    action.sa_flags = SA_RESETHAND;
    sigaction(SIGTERM, &action, NULL);
    kill(getpid(), SIGTERM);
    sigaction(SIGTERM, NULL, &old);
    printf("reset: %d\n", old.sa_handler == SIG_DFL);

    memset(&action, 0, sizeof action);
    action.sa_sigaction = told;
    action.sa_flags = SA_SIGINFO;
    sigaction(SIGHUP, &action, NULL);
    kill(getpid(), SIGHUP);
    return 0;
}
