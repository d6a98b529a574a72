#ifndef SOCKETLAB_SYS_WAIT_H
#define SOCKETLAB_SYS_WAIT_H

#include <sys/types.h>

#define WNOHANG 1
#define WUNTRACED 2
#define WTERMSIG(status) ((status) & 0x7f)
#define WIFEXITED(status) (WTERMSIG(status) == 0)
#define WEXITSTATUS(status) (((status) >> 8) & 0xff)
#define WIFSIGNALED(status) (WTERMSIG(status) != 0)

pid_t wait(int *);
pid_t waitpid(pid_t, int *, int);

#endif
