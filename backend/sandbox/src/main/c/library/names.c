/* netdb.h. The addresses of a name come from the host's resolver, which asks the simulated network. */
#include "kernel.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 16

static const struct {
    const char *name;
    int port;
} services[] = {{"echo", 7},    {"discard", 9}, {"daytime", 13}, {"chargen", 19}, {"ssh", 22},    {"telnet", 23},
                {"smtp", 25},   {"time", 37},   {"domain", 53},  {"tftp", 69},    {"http", 80},   {"https", 443}};

/* A port's number or its service's name; -1 if it is neither. */
static int port_of(const char *service)
{
    if (service == NULL) return 0;
    char *end;
    long number = strtol(service, &end, 10);
    if (end != service && *end == '\0') return number >= 0 && number <= 65535 ? (int)number : -1;
    for (unsigned i = 0; i < sizeof services / sizeof *services; i++)
        if (strcmp(services[i].name, service) == 0) return services[i].port;
    return -1;
}

/* An entry and the address that it points to, in one piece: freed as one. */
struct entry {
    struct addrinfo info;
    struct sockaddr_in address;
};

static struct addrinfo *entry(uint32_t address, int port, int type, int protocol)
{
    struct entry *made = calloc(1, sizeof *made);
    if (made == NULL) return NULL;
    made->address.sin_family = AF_INET;
    made->address.sin_port = htons(port);
    made->address.sin_addr.s_addr = address;
    made->info.ai_family = AF_INET;
    made->info.ai_socktype = type;
    made->info.ai_protocol = protocol;
    made->info.ai_addrlen = sizeof made->address;
    made->info.ai_addr = (struct sockaddr *)&made->address;
    return &made->info;
}

/* How many addresses a node has; an EAI_ number if none. */
static int addresses_of(const char *node, int flags, uint32_t *addresses)
{
    struct in_addr numeric;
    if (node == NULL) {
        addresses[0] = flags & AI_PASSIVE ? INADDR_ANY : htonl(INADDR_LOOPBACK);
        return 1;
    }
    if (inet_aton(node, &numeric)) {
        addresses[0] = numeric.s_addr;
        return 1;
    }
    if (flags & AI_NUMERICHOST) return EAI_NONAME;
    if (strcmp(node, "localhost") == 0) {
        addresses[0] = htonl(INADDR_LOOPBACK);
        return 1;
    }
    int found = k_resolve(node, addresses, MOST);
    return found > 0 ? found : found == 0 ? EAI_NONAME : EAI_AGAIN;
}

int getaddrinfo(const char *restrict node, const char *restrict service, const struct addrinfo *restrict hints,
                struct addrinfo **restrict result)
{
    static const int kinds[][2] = {{SOCK_STREAM, IPPROTO_TCP}, {SOCK_DGRAM, IPPROTO_UDP}};
    int family = hints ? hints->ai_family : AF_UNSPEC, type = hints ? hints->ai_socktype : 0;
    uint32_t addresses[MOST];
    if (node == NULL && service == NULL) return EAI_NONAME;
    if (family != AF_UNSPEC && family != AF_INET) return EAI_FAMILY;
    int port = port_of(service);
    if (port < 0) return EAI_SERVICE;
    int count = addresses_of(node, hints ? hints->ai_flags : 0, addresses);
    if (count < 0) return count;

    struct addrinfo *first = NULL, **next = &first;
    for (int i = 0; i < count; i++) {
        for (unsigned k = 0; k < sizeof kinds / sizeof *kinds; k++) {
            if (type != 0 && type != kinds[k][0]) continue;
            *next = entry(addresses[i], port, kinds[k][0], kinds[k][1]);
            if (*next == NULL) {
                freeaddrinfo(first);
                return EAI_MEMORY;
            }
            next = &(*next)->ai_next;
        }
    }
    *result = first;
    return first ? 0 : EAI_SOCKTYPE;
}

void freeaddrinfo(struct addrinfo *list)
{
    while (list != NULL) {
        struct addrinfo *next = list->ai_next;
        free(list);
        list = next;
    }
}

const char *gai_strerror(int error)
{
    switch (error) {
    case 0:
        return "Success";
    case EAI_NONAME:
        return "Name or service not known";
    case EAI_AGAIN:
        return "Temporary failure in name resolution";
    case EAI_FAIL:
        return "Non-recoverable failure in name resolution";
    case EAI_FAMILY:
        return "ai_family not supported";
    case EAI_SOCKTYPE:
        return "ai_socktype not supported";
    case EAI_SERVICE:
        return "Servname not supported for ai_socktype";
    case EAI_MEMORY:
        return "Memory allocation failure";
    case EAI_OVERFLOW:
        return "Argument buffer overflow";
    default:
        return "Unknown error";
    }
}

/* Numeric, as where no name is known. */
int getnameinfo(const struct sockaddr *restrict address, socklen_t length, char *restrict host, socklen_t host_room,
                char *restrict service, socklen_t service_room, int flags)
{
    (void)length, (void)flags;
    const struct sockaddr_in *in = (const struct sockaddr_in *)address;
    const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)address;
    const void *from;
    switch (address->sa_family) {
    case AF_INET:
        from = &in->sin_addr;
        break;
    case AF_INET6:
        from = &in6->sin6_addr;
        break;
    default:
        return EAI_FAMILY;
    }
    if (host != NULL && host_room > 0 && inet_ntop(address->sa_family, from, host, host_room) == NULL)
        return EAI_OVERFLOW;
    if (service != NULL && service_room > 0 &&
        snprintf(service, service_room, "%d", ntohs(in->sin_port)) >= (int)service_room)
        return EAI_OVERFLOW;
    return 0;
}

int h_errno;

struct hostent *gethostbyname(const char *name)
{
    static uint32_t addresses[MOST];
    static char *list[MOST + 1], *aliases[1], canonical[256];
    static struct hostent entry;
    int count = addresses_of(name, 0, addresses);
    if (count < 0) {
        h_errno = count == EAI_AGAIN ? TRY_AGAIN : HOST_NOT_FOUND;
        return NULL;
    }
    for (int i = 0; i < count; i++) list[i] = (char *)&addresses[i];
    list[count] = NULL;
    snprintf(canonical, sizeof canonical, "%s", name);
    entry = (struct hostent){canonical, aliases, AF_INET, sizeof addresses[0], list};
    return &entry;
}

const char *hstrerror(int error)
{
    return error == TRY_AGAIN ? "Host name lookup failure" : "Unknown host";
}

void herror(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, hstrerror(h_errno));
}

/* Only localhost has a name that an address leads to. */
struct hostent *gethostbyaddr(const void *address, socklen_t length, int family)
{
    const struct in_addr loopback = {htonl(INADDR_LOOPBACK)};
    if (family == AF_INET && length == sizeof loopback && memcmp(address, &loopback, sizeof loopback) == 0)
        return gethostbyname("localhost");
    h_errno = HOST_NOT_FOUND;
    return NULL;
}

static struct servent *service(const char *name, int port, const char *protocol)
{
    static char *aliases[1], known[16], over[4];
    static struct servent entry;
    if (protocol != NULL && strcmp(protocol, "tcp") != 0 && strcmp(protocol, "udp") != 0) return NULL;
    for (unsigned i = 0; i < sizeof services / sizeof *services; i++) {
        if (name != NULL ? strcmp(services[i].name, name) != 0 : services[i].port != port) continue;
        snprintf(known, sizeof known, "%s", services[i].name);
        snprintf(over, sizeof over, "%s", protocol == NULL ? "tcp" : protocol);
        entry = (struct servent){known, aliases, htons(services[i].port), over};
        return &entry;
    }
    return NULL;
}

struct servent *getservbyname(const char *name, const char *protocol)
{
    return service(name, 0, protocol);
}

struct servent *getservbyport(int port, const char *protocol)
{
    return service(NULL, ntohs(port), protocol);
}

static struct protoent *protocol(const char *name, int number)
{
    static const struct {
        const char *name;
        int number;
    } protocols[] = {{"ip", IPPROTO_IP}, {"icmp", 1}, {"tcp", IPPROTO_TCP}, {"udp", IPPROTO_UDP}};
    static char *aliases[1], known[8];
    static struct protoent entry;
    for (unsigned i = 0; i < sizeof protocols / sizeof *protocols; i++) {
        if (name != NULL ? strcmp(protocols[i].name, name) != 0 : protocols[i].number != number) continue;
        snprintf(known, sizeof known, "%s", protocols[i].name);
        entry = (struct protoent){known, aliases, protocols[i].number};
        return &entry;
    }
    return NULL;
}

struct protoent *getprotobyname(const char *name)
{
    return protocol(name, 0);
}

struct protoent *getprotobynumber(int number)
{
    return protocol(NULL, number);
}
