/* Hands over a megabyte at a time, for ever. */
#include <unistd.h>

static char megabyte[1 << 20];

int main(void)
{
    for (;;)
        write(1, megabyte, sizeof megabyte);
}
