/*
 * A signal that is blocked but while one waits: pselect(2), ppoll(2) and epoll_pwait(2) let it through without a gap
 * in which it could come unseen.
 */
#define _GNU_SOURCE /* ppoll(2) */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <unistd.h>

static volatile sig_atomic_t rung;

static void ring(int signal)
{
    (void)signal;
    rung++;
}

static void report(const char *how, int result)
{
    printf("%s: %d (%s), rung %d times\n", how, result, result < 0 ? strerror(errno) : "no error", (int)rung);
}

int main(void)
{
    struct sigaction action = {.sa_handler = ring};
    sigaction(SIGALRM, &action, NULL);
    sigset_t alarm_alone, none;
    sigemptyset(&none);
    sigemptyset(&alarm_alone);
    sigaddset(&alarm_alone, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm_alone, NULL);

    raise(SIGALRM);
    report("raise", 0);
    report("pselect", pselect(0, NULL, NULL, NULL, NULL, &none));

    alarm(1);
    report("ppoll", ppoll(NULL, 0, NULL, &none));

    int epoll = epoll_create1(0);
    struct epoll_event event;
    raise(SIGALRM);
    report("epoll_pwait", epoll_pwait(epoll, &event, 1, -1, &none));
    report("and again, for a moment", epoll_pwait(epoll, &event, 1, 10, &none));

    raise(SIGALRM);
    report("raise", 0);
    sigprocmask(SIG_UNBLOCK, &alarm_alone, NULL);
    report("sigprocmask", 0);
    return 0;
}
