/* Copies its standard input to a socket's other end and back: select(2) on both, as str_cli() of many a book. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    char line[100];
    int lines = 0;
    while (fgets(line, sizeof line, stdin) != NULL) {
        lines++;
        printf("%d: %s", lines, line);
    }
    fprintf(stderr, "%d lines\n", lines);
    return lines;
}
