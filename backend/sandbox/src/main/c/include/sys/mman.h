#ifndef SOCKETLAB_SYS_MMAN_H
#define SOCKETLAB_SYS_MMAN_H

#include <stddef.h>
#include <sys/types.h>

#define PROT_NONE 0
#define PROT_READ 1
#define PROT_WRITE 2
#define MAP_SHARED 1
#define MAP_PRIVATE 2
#define MAP_ANON 0x20
#define MAP_ANONYMOUS MAP_ANON
#define MAP_FAILED ((void *)-1)

#define NO_MAP __attribute__((unavailable("no memory is mapped here: malloc(3) gives some, threads share theirs, processes send it")))
void *mmap(void *, size_t, int, int, int, off_t) NO_MAP;
int munmap(void *, size_t) NO_MAP;
#undef NO_MAP

#endif
