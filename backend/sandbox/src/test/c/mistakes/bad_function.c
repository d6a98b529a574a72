typedef void (*function)(void);

int main(void)
{
    volatile function nothing = (function)12345;
    nothing();
    return 0;
}
