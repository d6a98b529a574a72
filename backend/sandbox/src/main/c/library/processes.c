/* Processes. */
#include "kernel.h"

#include <sys/wait.h>
#include <unistd.h>

pid_t getpid(void)
{
    return k_getpid();
}

pid_t getppid(void)
{
    return k_getppid();
}

/* Every program here is an ordinary user's. */
unsigned getuid(void)
{
    return 1000;
}

unsigned geteuid(void)
{
    return 1000;
}

int gethostname(char *name, size_t room)
{
    return k_returned(k_gethostname(name, room));
}

pid_t fork(void)
{
    return k_returned(k_fork());
}

pid_t waitpid(pid_t pid, int *status, int options)
{
    return K_RESTARTED(k_wait4(pid, status, options));
}

pid_t wait(int *status)
{
    return waitpid(-1, status, 0);
}
