#ifndef SOCKETLAB_SYS_UIO_H
#define SOCKETLAB_SYS_UIO_H

#include <__struct_iovec.h>
#include <stddef.h>
#include <sys/types.h>

ssize_t readv(int, const struct iovec *, int);
ssize_t writev(int, const struct iovec *, int);

#endif
