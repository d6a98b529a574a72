#ifndef SOCKETLAB_NET_IF_H
#define SOCKETLAB_NET_IF_H

#define IF_NAMESIZE 16
#define IFNAMSIZ IF_NAMESIZE

unsigned if_nametoindex(const char *);

#endif
