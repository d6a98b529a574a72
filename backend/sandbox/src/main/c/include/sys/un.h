#ifndef SOCKETLAB_SYS_UN_H
#define SOCKETLAB_SYS_UN_H

#include <sys/socket.h>

struct sockaddr_un {
    sa_family_t sun_family;
    char sun_path[108] __attribute__((unavailable("sockets of AF_UNIX have no names here: socketpair(2) makes two that are connected")));
};

#define SUN_LEN(address) (sizeof(*(address)))

#endif
