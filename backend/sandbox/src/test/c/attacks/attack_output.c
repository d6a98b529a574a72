/* Prints for ever. */
#include <stdio.h>

int main(void)
{
    for (;;)
        printf("All work and no play makes Jack a dull boy.\n");
}
