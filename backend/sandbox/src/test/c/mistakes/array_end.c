#include <stdio.h>
#include <stdlib.h>

int main(int argc, char *argv[])
{
    int numbers[4] = {1, 2, 3, 4};
    (void)argv;
    printf("%d\n", numbers[argc + 3]);
    return 0;
}
