#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(void)
{
    int blocks = 0;
    for (;;) {
        char *block = malloc(1 << 20);
        if (block == NULL) break;
        memset(block, 1, 1 << 20);
        blocks++;
    }
    perror("malloc");
    return blocks > 20;
}
