#include_next <stdlib.h>

#ifndef SOCKETLAB_STDLIB_H
#define SOCKETLAB_STDLIB_H

int system(const char *) __attribute__((unavailable("there is no shell and no other program to run here")));
int mkstemp(char *) __attribute__((unavailable("there are no files here: standard input and output, pipes and sockets")));

#endif
