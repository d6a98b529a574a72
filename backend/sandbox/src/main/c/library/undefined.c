/*
 * What clang's checks for undefined behaviour call (-fsanitize): they end the program with a sentence, and the place
 * where it stood. The shapes of what they are given are compiler-rt's, ubsan_handlers.h.
 */
#include "kernel.h"

#include <stdio.h>

struct place {
    const char *file;
    uint32_t line, column;
};

struct type {
    uint16_t kind, information;
    char name[];
};

struct access {
    struct place place;
    const struct type *type;
    unsigned char alignment, kind;
};

struct index {
    struct place place;
    const struct type *array, *index;
};

static _Noreturn void stop(const struct place *place, const char *what, const char *more)
{
    char message[512];
    snprintf(message, sizeof message, "%s:%u:%u: %s%s", place->file, (unsigned)place->line, (unsigned)place->column, what, more);
    k_fatal(message);
}

void __ubsan_handle_type_mismatch_v1_abort(const struct access *access, uintptr_t pointer)
{
    char more[256];
    snprintf(more, sizeof more, " of type %s", access->type->name);
    stop(&access->place, pointer == 0 ? "a NULL pointer was followed: something" : "a pointer to too few octets was followed: something", more);
}

void __ubsan_handle_out_of_bounds_abort(const struct index *index, uintptr_t value)
{
    char more[256];
    snprintf(more, sizeof more, " %ld of %s", (long)value, index->array->name);
    stop(&index->place, "an array has no element", more);
}

void __ubsan_handle_divrem_overflow_abort(const struct place *place, uintptr_t left, uintptr_t right)
{
    (void)left;
    stop(place, right == 0 ? "division by zero" : "a division has no result that fits", "");
}

void __ubsan_handle_missing_return_abort(const struct place *place)
{
    stop(place, "a function that returns a value ended without return", "");
}

void __ubsan_handle_missing_return(const struct place *place)
{
    __ubsan_handle_missing_return_abort(place);
}

void __ubsan_handle_builtin_unreachable(const struct place *place)
{
    stop(place, "code that cannot be reached was reached", "");
}

void __ubsan_handle_pointer_overflow_abort(const struct place *place, uintptr_t base, uintptr_t result)
{
    (void)result;
    stop(place, base == 0 ? "something was added to a NULL pointer" : "a pointer went beyond all memory", "");
}

void __ubsan_handle_vla_bound_not_positive_abort(const struct place *place, uintptr_t bound)
{
    (void)bound;
    stop(place, "an array of no length was made", "");
}

uintptr_t __stack_chk_guard = 0x00a5ff0d;

_Noreturn void __stack_chk_fail(void)
{
    k_fatal("a local array was written beyond its end (the stack is smashed)");
}
