/* Each process takes all memory that it gets, and there are many. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int take(void)
{
    int taken = 0;
    for (volatile char *more; (more = malloc(1 << 20)) != NULL; taken++)
        *more = 1;
    return taken;
}

int main(void)
{
    int child = 0;
    while (child < 40 && fork() != 0)
        child++;
    int taken = take();
    printf("%s has %d MiB\n", child < 40 ? "a child" : "the parent", taken);
    fflush(stdout);
    pause();
    return 0;
}
