#ifndef SOCKETLAB_SYS_RESOURCE_H
#define SOCKETLAB_SYS_RESOURCE_H

/* The only limit that there is here: how many descriptors a process may have. */
#define RLIMIT_NOFILE 7
#define RLIM_INFINITY (~0ULL)

typedef unsigned long long rlim_t;

struct rlimit {
    rlim_t rlim_cur;
    rlim_t rlim_max;
};

int getrlimit(int, struct rlimit *);
int setrlimit(int, const struct rlimit *);

#endif
