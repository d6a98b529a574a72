/* What servers print besides: the date, their host, an error in words. */
#include <assert.h>
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <netdb.h>
#include <netinet/in.h>
#include <arpa/inet.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static void bye(void)
{
    dprintf(STDERR_FILENO, "bye\n");
}

int main(int argc, char *argv[])
{
    (void)argc;
    atexit(bye);
    time_t then = 1767323045; /* of the year 2026, so that every run prints the same */
    if (time(NULL) == (time_t)-1) err(1, "time");
    struct tm *tm = gmtime(&then);
    char text[64];
    strftime(text, sizeof text, "%Y-%m-%d", tm);
    printf("%s %.24s\n", text, ctime(&then));
    struct utsname system;
    if (uname(&system) < 0) err(1, "uname");
    char host[256];
    gethostname(host, sizeof host);
    printf("%s %d\n", system.sysname, strcmp(system.nodename, host));
    struct protoent *tcp = getprotobyname("tcp");
    printf("tcp is %d\n", tcp ? tcp->p_proto : -1);
    struct in_addr address;
    inet_aton("127.0.0.1", &address);
    struct hostent *back = gethostbyaddr(&address, sizeof address, AF_INET);
    printf("127.0.0.1 is %s\n", back ? back->h_name : "unknown");
    printf("%s, %s\n", strerror(ECONNREFUSED), strsignal(SIGPIPE));
    char *copy = strdup("a,b,c"), *rest = copy, *part;
    while ((part = strsep(&rest, ",")) != NULL) printf("%s%s", part, rest ? "-" : "\n");
    free(copy);
    srand(1);
    assert(rand() >= 0 && random() >= 0);
    printf("%" PRIu32 " %zu\n", ntohl(htonl(UINT32_C(0x01020304))), sizeof(struct sockaddr_storage));
    struct timeval a = {2, 100}, b = {1, 900000}, difference;
    timersub(&a, &b, &difference);
    printf("%ld.%06ld\n", (long)difference.tv_sec, (long)difference.tv_usec);
    char *line = NULL;
    size_t room = 0;
    ssize_t length = getline(&line, &room, stdin);
    printf("%zd: %s", length, length > 0 ? line : "\n");
    free(line);
    if (argv[0] == NULL) errx(2, "no name");
    warnx("%s", "that is all");
    return 0;
}
