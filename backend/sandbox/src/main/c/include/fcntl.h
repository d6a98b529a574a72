#ifndef SOCKETLAB_FCNTL_H
#define SOCKETLAB_FCNTL_H

#include_next <fcntl.h>

#undef O_NONBLOCK
#define O_NONBLOCK 04000
#undef O_NDELAY
#define O_NDELAY O_NONBLOCK
#undef O_CLOEXEC
#define O_CLOEXEC 02000000
#define O_ASYNC 020000
#define FASYNC O_ASYNC
#define F_DUPFD 0
#define F_SETOWN 8
#define F_GETOWN 9
#define F_DUPFD_CLOEXEC 1030

#define NO_FILE __attribute__((unavailable("there are no files here: standard input and output, pipes and sockets")))
int open(const char *, int, ...) NO_FILE;
int creat(const char *, mode_t) NO_FILE;
#undef NO_FILE

#endif
