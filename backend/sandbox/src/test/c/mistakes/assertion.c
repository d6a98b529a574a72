#include <assert.h>

int main(int argc, char *argv[])
{
    (void)argv;
    assert(argc == 17);
    return 0;
}
