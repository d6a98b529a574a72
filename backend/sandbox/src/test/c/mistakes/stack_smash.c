#include <stdio.h>
#include <string.h>

static void keep(const char *name)
{
    char room[8];
    char *to = room;
    while ((*to++ = *name++) != '\0') continue;
    printf("%s\n", room);
}

int main(int argc, char *argv[])
{
    (void)argv;
    keep(argc > 1 ? "short" : "a name that is longer than its room");
    return 0;
}
