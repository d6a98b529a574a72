#include <stdio.h>

struct node {
    int value;
    struct node *next;
};

int main(void)
{
    struct node *volatile list = NULL;
    printf("%d\n", list->value);
    return 0;
}
