/* err.h, and what string.h says of signals. */
#include "kernel.h"

#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wasi/api.h>

/* argv[0]. */
static const char *own_name(void)
{
    static char octets[512];
    size_t count, length;
    if (octets[0] != '\0') return octets;
    if (__wasi_args_sizes_get(&count, &length) != 0 || count == 0 || length > sizeof octets || count > 64) return "?";
    uint8_t *words[64];
    return __wasi_args_get(words, (uint8_t *)octets) == 0 ? octets : "?";
}

static void say(const char *format, va_list arguments, const char *why)
{
    fflush(stdout);
    fprintf(stderr, "%s: ", own_name());
    if (format != NULL) vfprintf(stderr, format, arguments);
    if (why != NULL) fprintf(stderr, "%s%s", format == NULL ? "" : ": ", why);
    fputc('\n', stderr);
}

void vwarn(const char *format, va_list arguments)
{
    say(format, arguments, strerror(errno));
}

void vwarnx(const char *format, va_list arguments)
{
    say(format, arguments, NULL);
}

_Noreturn void verr(int status, const char *format, va_list arguments)
{
    vwarn(format, arguments);
    exit(status);
}

_Noreturn void verrx(int status, const char *format, va_list arguments)
{
    vwarnx(format, arguments);
    exit(status);
}

void warn(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vwarn(format, arguments);
    va_end(arguments);
}

void warnx(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vwarnx(format, arguments);
    va_end(arguments);
}

_Noreturn void err(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verr(status, format, arguments);
}

_Noreturn void errx(int status, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    verrx(status, format, arguments);
}

char *strsignal(int signal)
{
    static const struct {
        int number;
        const char *words;
    } texts[] = {
        {SIGHUP, "Hangup"},
        {SIGINT, "Interrupt"},
        {SIGQUIT, "Quit"},
        {SIGILL, "Illegal instruction"},
        {SIGABRT, "Aborted"},
        {SIGFPE, "Floating point exception"},
        {SIGKILL, "Killed"},
        {SIGUSR1, "User defined signal 1"},
        {SIGSEGV, "Segmentation fault"},
        {SIGUSR2, "User defined signal 2"},
        {SIGPIPE, "Broken pipe"},
        {SIGALRM, "Alarm clock"},
        {SIGTERM, "Terminated"},
        {SIGCHLD, "Child exited"},
        {SIGCONT, "Continued"},
        {SIGURG, "Urgent I/O condition"},
        {SIGIO, "I/O possible"},
    };
    static char unknown[32];
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].number == signal) return (char *)texts[i].words;
    snprintf(unknown, sizeof unknown, "Unknown signal %d", signal);
    return unknown;
}
