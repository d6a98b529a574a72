#ifndef SOCKETLAB_LINUX_ERRQUEUE_H
#define SOCKETLAB_LINUX_ERRQUEUE_H

#include <stdint.h>
#include <sys/socket.h>
#include <time.h>

/* What IP_RECVERR and IPV6_RECVERR tell by recvmsg(2) with MSG_ERRQUEUE. */
struct sock_extended_err {
    uint32_t ee_errno;
    uint8_t ee_origin;
    uint8_t ee_type;
    uint8_t ee_code;
    uint8_t ee_pad;
    uint32_t ee_info;
    uint32_t ee_data;
};

struct scm_timestamping {
    struct timespec ts[3];
};

#define SO_EE_ORIGIN_NONE 0
#define SO_EE_ORIGIN_LOCAL 1
#define SO_EE_ORIGIN_ICMP 2
#define SO_EE_ORIGIN_ICMP6 3
#define SO_EE_ORIGIN_TIMESTAMPING 4
#define SO_EE_ORIGIN_ZEROCOPY 5
#define SO_EE_OFFENDER(error) ((struct sockaddr *)((error) + 1))

#endif
