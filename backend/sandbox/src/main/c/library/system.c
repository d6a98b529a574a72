/* syslog.h, sys/utsname.h. */
#include "kernel.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <syslog.h>
#include <unistd.h>

static char ident[64];
static int options, mask = 0xff;

void openlog(const char *name, int flags, int facility)
{
    (void)facility;
    snprintf(ident, sizeof ident, "%s", name == NULL ? "" : name);
    options = flags;
}

void vsyslog(int priority, const char *format, va_list arguments)
{
    if (!(mask & LOG_MASK(priority & 7))) return;
    int saved = errno; /* %m says what it was */
    char with_errno[512], text[1024];
    size_t at = 0;
    for (const char *from = format; *from != '\0' && at < sizeof with_errno - 1; from++) {
        if (from[0] == '%' && from[1] == 'm') {
            at += (size_t)snprintf(with_errno + at, sizeof with_errno - at, "%s", strerror(saved));
            if (at >= sizeof with_errno) at = sizeof with_errno - 1;
            from++;
        } else {
            with_errno[at++] = *from;
            if (from[0] == '%' && from[1] == '%' && at < sizeof with_errno - 1) with_errno[at++] = *++from;
        }
    }
    with_errno[at] = '\0';
    vsnprintf(text, sizeof text, with_errno, arguments);
    size_t length = strlen(text);
    const char *end = length > 0 && text[length - 1] == '\n' ? "" : "\n";
    if (options & LOG_PID) fprintf(stderr, "%s[%d]: %s%s", ident, k_getpid(), text, end);
    else fprintf(stderr, "%s: %s%s", ident, text, end);
    errno = saved;
}

void syslog(int priority, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsyslog(priority, format, arguments);
    va_end(arguments);
}

int setlogmask(int wanted)
{
    int before = mask;
    if (wanted != 0) mask = wanted;
    return before;
}

void closelog(void)
{
    ident[0] = '\0';
    options = 0;
}

int uname(struct utsname *system)
{
    *system = (struct utsname){.sysname = "Linux", .release = "6.1.0", .version = "#1 SMP", .machine = "x86_64"};
    snprintf(system->domainname, sizeof system->domainname, "(none)");
    return gethostname(system->nodename, sizeof system->nodename);
}
