#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int blocks = 0;
    for (;;) {
        volatile char *block = malloc(1 << 20);
        if (block == NULL) break;
        block[0] = 1;
        blocks++;
    }
    perror("malloc");
    return blocks > 20;
}
