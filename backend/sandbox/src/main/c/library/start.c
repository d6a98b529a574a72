/* How a program begins. */
#include "kernel.h"

#include <stdlib.h>

extern void __wasm_call_ctors(void);
extern int __main_void(void);

/* Constructors are called here, so that the linker does not wrap every exported function in calls of them. */
__attribute__((export_name("_start"))) void _start(void)
{
    __wasm_call_ctors();
    exit(__main_void());
}

/* Keeps the import in every program: what bounds its loops calls it. */
__attribute__((export_name("__lab_tick"))) void __lab_tick(void)
{
    k_tick();
}
