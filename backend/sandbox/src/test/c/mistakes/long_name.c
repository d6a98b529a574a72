#include <stdio.h>
#include <string.h>

static void greet(const char *name)
{
    char greeting[16] = "hello, ";
    strcat(greeting, name);
    printf("%s\n", greeting);
}

int main(int argc, char *argv[])
{
    greet(argc > 1 ? argv[1] : "whoever has a long name");
    return 0;
}
