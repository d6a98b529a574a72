#include <limits.h>
#include <stdio.h>

int main(int argc, char *argv[])
{
    (void)argv;
    volatile int most = INT_MIN, by = -argc;
    printf("%d\n", most / by);
    return 0;
}
