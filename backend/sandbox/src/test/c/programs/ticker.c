/* A timer that expires again and again; a heartbeat of a textbook. */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

static volatile sig_atomic_t ticks;

static void on_alarm(int signo)
{
    (void)signo;
    ticks++;
}

int main(void)
{
    struct sigaction sa;
    memset(&sa, 0, sizeof sa);
    sa.sa_handler = on_alarm;
    sigemptyset(&sa.sa_mask);
    if (sigaction(SIGALRM, &sa, NULL) < 0) {
        perror("sigaction");
        return 1;
    }
    struct itimerval every = {.it_interval = {0, 250000}, .it_value = {1, 0}}, now, old;
    if (setitimer(ITIMER_REAL, &every, NULL) < 0) {
        perror("setitimer");
        return 1;
    }
    struct timeval begin, end;
    gettimeofday(&begin, NULL);
    while (ticks < 4) pause();
    gettimeofday(&end, NULL);
    long ms = (long)(end.tv_sec - begin.tv_sec) * 1000 + (long)(end.tv_usec - begin.tv_usec) / 1000;
    printf("%d ticks after %ld ms\n", (int)ticks, ms - ms % 50);
    getitimer(ITIMER_REAL, &now);
    printf("again every %ld us\n", (long)now.it_interval.tv_usec);
    struct itimerval none = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &none, &old);
    printf("it was set to %ld us\n", (long)old.it_interval.tv_usec);
    every.it_value.tv_usec = 1000000;
    if (setitimer(ITIMER_REAL, &every, NULL) < 0) printf("%s\n", strerror(errno));
    return 0;
}
