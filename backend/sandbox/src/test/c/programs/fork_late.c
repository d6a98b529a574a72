/* Computes for more than a million instructions before it forks, and its child after that. */
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned sum(unsigned from, unsigned to)
{
    unsigned all = 0;
    for (volatile unsigned i = from; i < to; i++) all += i;
    return all;
}

int main(void)
{
    unsigned before = sum(0, 150000);
    pid_t child = fork();
    if (child == 0) {
        printf("child: %u\n", before + sum(150000, 160000));
        return 0;
    }
    wait(NULL);
    printf("parent: %u\n", before);
    return 0;
}
