#include <sys/select.h>

int main(void)
{
    fd_set set;
    FD_ZERO(&set);
    volatile int fd = 1500;
    FD_SET(fd, &set);
    return 0;
}
