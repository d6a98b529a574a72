/* Never comes to an end, and does nothing. */
#include <unistd.h>

int main(void)
{
    for (;;)
        usleep(1);
}
