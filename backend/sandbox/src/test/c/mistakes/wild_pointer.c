#include <string.h>

int main(void)
{
    char *volatile far = (char *)0x40000000;
    memset(far, 0, 10);
    return 0;
}
