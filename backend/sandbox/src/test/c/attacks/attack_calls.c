/* Makes calls for ever that cost nothing. */
#include <unistd.h>

int main(void)
{
    for (;;)
        getppid();
}
