#ifndef SOCKETLAB_UNISTD_H
#define SOCKETLAB_UNISTD_H

/* The C library's own has a getpid() that is not one. */
#define getpid __libc_getpid
#include_next <unistd.h>
#undef getpid
#include <sys/types.h>

pid_t getpid(void);
pid_t getppid(void);
pid_t fork(void);
unsigned getuid(void);
unsigned geteuid(void);
int dup(int);
int dup2(int, int);
int dup3(int, int, int);
int pipe(int[2]);
int pipe2(int[2], int);
unsigned alarm(unsigned);
int pause(void);
int gethostname(char *, size_t);

#define NO_EXEC __attribute__((unavailable("there is no other program to run here: start it as a program of its own")))
int execve(const char *, char *const[], char *const[]) NO_EXEC;
int execv(const char *, char *const[]) NO_EXEC;
int execvp(const char *, char *const[]) NO_EXEC;
int execl(const char *, const char *, ...) NO_EXEC;
int execlp(const char *, const char *, ...) NO_EXEC;
#undef NO_EXEC

int unlink(const char *) __attribute__((unavailable("there are no files here: standard input and output, pipes and sockets")));

#endif
