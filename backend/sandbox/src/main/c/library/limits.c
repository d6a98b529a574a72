/* sys/resource.h. */
#include "kernel.h"

#include <sys/resource.h>

int getrlimit(int resource, struct rlimit *limit)
{
    return k_returned(k_getrlimit(resource, limit));
}

int setrlimit(int resource, const struct rlimit *limit)
{
    return k_returned(k_setrlimit(resource, limit));
}
