#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct greeting {
    char text[8];
};

int main(int argc, char *argv[])
{
    (void)argv;
    struct greeting *greeting = malloc(sizeof *greeting);
    if (greeting == NULL) return 1;
    strcpy(greeting->text, "hello");
    greeting->text[7 + argc] = '!';
    printf("%s\n", greeting->text);
    free(greeting);
    return 0;
}
