#include_next <stdio.h>

#ifndef SOCKETLAB_STDIO_H
#define SOCKETLAB_STDIO_H

#define NO_COMMAND __attribute__((unavailable("there is no shell and no other program to run here")))
FILE *popen(const char *, const char *) NO_COMMAND;
int pclose(FILE *) NO_COMMAND;
#undef NO_COMMAND

#define NO_FILE __attribute__((unavailable("there are no files here: standard input and output, pipes and sockets")))
FILE *fopen(const char *, const char *) NO_FILE;
FILE *freopen(const char *, const char *, FILE *) NO_FILE;
FILE *tmpfile(void) NO_FILE;
int remove(const char *) NO_FILE;
#undef NO_FILE

#endif
