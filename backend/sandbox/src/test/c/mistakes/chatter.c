#include <stdio.h>

int main(void)
{
    for (unsigned line = 1;; line++) printf("line %u of a program that does not stop\n", line);
}
