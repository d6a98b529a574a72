/* Each process makes as many others as it can. */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int refused = 0;
    while (refused < 100)
        if (fork() < 0)
            refused++;
    perror("fork");
    pause();
    return 0;
}
