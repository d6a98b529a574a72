/* sys/socket.h. */
#include "kernel.h"

#include <sys/ioctl.h>
#include <sys/socket.h>

int socket(int domain, int type, int protocol)
{
    return k_returned(k_socket(domain, type, protocol));
}

int socketpair(int domain, int type, int protocol, int pair[2])
{
    return k_returned(k_socketpair(domain, type, protocol, pair));
}

int bind(int fd, const struct sockaddr *address, socklen_t length)
{
    return k_returned(k_bind(fd, address, length));
}

int listen(int fd, int backlog)
{
    return k_returned(k_listen(fd, backlog));
}

int accept4(int fd, struct sockaddr *restrict address, socklen_t *restrict length, int flags)
{
    return K_RESTARTED(k_accept4(fd, address, length, flags));
}

int accept(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
    return K_RESTARTED(k_accept4(fd, address, length, 0));
}

int connect(int fd, const struct sockaddr *address, socklen_t length)
{
    return K_RESTARTED(k_connect(fd, address, length));
}

ssize_t send(int fd, const void *data, size_t count, int flags)
{
    return K_RESTARTED(k_sendto(fd, data, count, flags, NULL, 0));
}

ssize_t recv(int fd, void *data, size_t room, int flags)
{
    return K_RESTARTED(k_recvfrom(fd, data, room, flags, NULL, NULL));
}

ssize_t sendto(int fd, const void *data, size_t count, int flags, const struct sockaddr *address, socklen_t length)
{
    return K_RESTARTED(k_sendto(fd, data, count, flags, address, length));
}

ssize_t recvfrom(int fd, void *restrict data, size_t room, int flags, struct sockaddr *restrict address,
                 socklen_t *restrict length)
{
    return K_RESTARTED(k_recvfrom(fd, data, room, flags, address, length));
}

ssize_t sendmsg(int fd, const struct msghdr *message, int flags)
{
    return K_RESTARTED(k_sendmsg(fd, message, flags));
}

ssize_t recvmsg(int fd, struct msghdr *message, int flags)
{
    return K_RESTARTED(k_recvmsg(fd, message, flags));
}

int shutdown(int fd, int how)
{
    return k_returned(k_shutdown(fd, how));
}

int getsockname(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
    return k_returned(k_getsockname(fd, address, length));
}

int getpeername(int fd, struct sockaddr *restrict address, socklen_t *restrict length)
{
    return k_returned(k_getpeername(fd, address, length));
}

int getsockopt(int fd, int level, int option, void *restrict value, socklen_t *restrict length)
{
    return k_returned(k_getsockopt(fd, level, option, value, length));
}

int setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
    return k_returned(k_setsockopt(fd, level, option, value, length));
}

int sockatmark(int fd)
{
    int at = 0;
    return k_returned(k_ioctl(fd, SIOCATMARK, &at)) < 0 ? -1 : at;
}
