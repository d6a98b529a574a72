#include <string.h>

int main(void)
{
    char *volatile nowhere = NULL;
    strcpy(nowhere, "text");
    return 0;
}
