/* unistd.h, fcntl.h, sys/ioctl.h, sys/uio.h: the C library's stdio comes down to these, too. */
#include "kernel.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/uio.h>
#include <unistd.h>

ssize_t read(int fd, void *data, size_t room)
{
    return K_RESTARTED(k_read(fd, data, room));
}

ssize_t write(int fd, const void *data, size_t count)
{
    return K_RESTARTED(k_write(fd, data, count));
}

ssize_t readv(int fd, const struct iovec *iov, int count)
{
    return K_RESTARTED(k_readv(fd, iov, count));
}

ssize_t writev(int fd, const struct iovec *iov, int count)
{
    return K_RESTARTED(k_writev(fd, iov, count));
}

int close(int fd)
{
    return k_returned(k_close(fd));
}

int fcntl(int fd, int command, ...)
{
    va_list arguments;
    va_start(arguments, command);
    int argument = 0;
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
    case F_SETFD:
    case F_SETFL:
    case F_SETOWN:
        argument = va_arg(arguments, int);
    }
    va_end(arguments);
    return k_returned(k_fcntl(fd, command, argument));
}

int ioctl(int fd, int request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    return k_returned(k_ioctl(fd, request, argument));
}

int dup(int fd)
{
    return k_returned(k_dup(fd));
}

int dup2(int fd, int other)
{
    return k_returned(k_dup3(fd, other, -1));
}

int dup3(int fd, int other, int flags)
{
    return k_returned(k_dup3(fd, other, flags));
}

int pipe(int ends[2])
{
    return k_returned(k_pipe2(ends, 0));
}

int pipe2(int ends[2], int flags)
{
    return k_returned(k_pipe2(ends, flags));
}

/* A terminal, so that stdout is written line by line. */
int __isatty(int fd)
{
    return fd >= 0 && fd <= 2;
}

int isatty(int fd)
{
    if (__isatty(fd)) return 1;
    errno = ENOTTY;
    return 0;
}

off_t __lseek(int fd, off_t offset, int whence)
{
    (void)fd, (void)offset, (void)whence;
    errno = ESPIPE;
    return -1;
}

#undef lseek /* a macro that looks at whence as it is compiled */
off_t lseek(int fd, off_t offset, int whence)
{
    return __lseek(fd, offset, whence);
}
