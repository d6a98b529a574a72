/* errno, and its words. The C library has numbers of its own, of WASI: they are turned into Linux's when one looks. */
#include <errno.h>
#include <stdio.h>

#undef errno
extern _Thread_local int wasi_errno __asm__("errno");

static int last_error;

/* By WASI's numbers, Linux's. */
static const unsigned char linux_numbers[] = {
    0,   E2BIG,      EACCES,     EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT, EAGAIN,       EALREADY,     EBADF,   EBADMSG,
    EBUSY, ECANCELED, ECHILD,    ECONNABORTED, ECONNREFUSED, ECONNRESET,  EDEADLK,      EDESTADDRREQ, EDOM,    122,
    EEXIST, EFAULT,  EFBIG,      EHOSTUNREACH, 43,          EILSEQ,       EINPROGRESS,  EINTR,        EINVAL,  EIO,
    EISCONN, EISDIR, ELOOP,      EMFILE,     EMLINK,        EMSGSIZE,     72,           ENAMETOOLONG, ENETDOWN, ENETRESET,
    ENETUNREACH, ENFILE, ENOBUFS, ENODEV,    ENOENT,        ENOEXEC,      ENOLCK,       67,           ENOMEM,  42,
    ENOPROTOOPT, ENOSPC, ENOSYS, ENOTCONN,   ENOTDIR,       ENOTEMPTY,    131,          ENOTSOCK,     EOPNOTSUPP, ENOTTY,
    ENXIO, EOVERFLOW, 130,       EPERM,      EPIPE,         EPROTO,       EPROTONOSUPPORT, EPROTOTYPE, ERANGE, EROFS,
    ESPIPE, ESRCH,   116,        ETIMEDOUT,  26,            EXDEV,        1,
};

int *__errno_location(void)
{
    if (wasi_errno != 0) {
        unsigned number = (unsigned)wasi_errno;
        last_error = number < sizeof linux_numbers ? linux_numbers[number] : EINVAL;
        wasi_errno = 0;
    }
    return &last_error;
}

static const struct {
    unsigned char number;
    const char *words;
} texts[] = {
    {0, "Success"},
    {EPERM, "Operation not permitted"},
    {ENOENT, "No such file or directory"},
    {ESRCH, "No such process"},
    {EINTR, "Interrupted system call"},
    {EIO, "Input/output error"},
    {EBADF, "Bad file descriptor"},
    {ECHILD, "No child processes"},
    {EAGAIN, "Resource temporarily unavailable"},
    {ENOMEM, "Cannot allocate memory"},
    {EACCES, "Permission denied"},
    {EFAULT, "Bad address"},
    {EBUSY, "Device or resource busy"},
    {EEXIST, "File exists"},
    {ENODEV, "No such device"},
    {EINVAL, "Invalid argument"},
    {ENFILE, "Too many open files in system"},
    {EMFILE, "Too many open files"},
    {ENOTTY, "Inappropriate ioctl for device"},
    {ENOSPC, "No space left on device"},
    {ESPIPE, "Illegal seek"},
    {EPIPE, "Broken pipe"},
    {EDOM, "Numerical argument out of domain"},
    {ERANGE, "Numerical result out of range"},
    {EDEADLK, "Resource deadlock avoided"},
    {ENAMETOOLONG, "File name too long"},
    {ENOSYS, "Function not implemented"},
    {EPROTO, "Protocol error"},
    {EOVERFLOW, "Value too large for defined data type"},
    {ENOTSOCK, "Socket operation on non-socket"},
    {EDESTADDRREQ, "Destination address required"},
    {EMSGSIZE, "Message too long"},
    {EPROTOTYPE, "Protocol wrong type for socket"},
    {ENOPROTOOPT, "Protocol not available"},
    {EPROTONOSUPPORT, "Protocol not supported"},
    {ESOCKTNOSUPPORT, "Socket type not supported"},
    {EOPNOTSUPP, "Operation not supported"},
    {EPFNOSUPPORT, "Protocol family not supported"},
    {EAFNOSUPPORT, "Address family not supported by protocol"},
    {EADDRINUSE, "Address already in use"},
    {EADDRNOTAVAIL, "Cannot assign requested address"},
    {ENETDOWN, "Network is down"},
    {ENETUNREACH, "Network is unreachable"},
    {ENETRESET, "Network dropped connection on reset"},
    {ECONNABORTED, "Software caused connection abort"},
    {ECONNRESET, "Connection reset by peer"},
    {ENOBUFS, "No buffer space available"},
    {EISCONN, "Transport endpoint is already connected"},
    {ENOTCONN, "Transport endpoint is not connected"},
    {ESHUTDOWN, "Cannot send after transport endpoint shutdown"},
    {ETIMEDOUT, "Connection timed out"},
    {ECONNREFUSED, "Connection refused"},
    {EHOSTDOWN, "Host is down"},
    {EHOSTUNREACH, "No route to host"},
    {EALREADY, "Operation already in progress"},
    {EINPROGRESS, "Operation now in progress"},
    {ECANCELED, "Operation canceled"},
};

char *strerror(int number)
{
    static char unknown[32];
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++)
        if (texts[i].number == number) return (char *)texts[i].words;
    snprintf(unknown, sizeof unknown, "Unknown error %d", number);
    return unknown;
}

void perror(const char *what)
{
    int number = *__errno_location();
    if (what != NULL && *what != '\0') fprintf(stderr, "%s: ", what);
    fprintf(stderr, "%s\n", strerror(number));
}
