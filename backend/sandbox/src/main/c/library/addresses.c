/* arpa/inet.h and byte order. The C library's own take AF_INET for another number. */
#include <arpa/inet.h>
#include <errno.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct in6_addr in6addr_any = IN6ADDR_ANY_INIT, in6addr_loopback = IN6ADDR_LOOPBACK_INIT;

uint32_t htonl(uint32_t x)
{
    return __builtin_bswap32(x);
}

uint32_t ntohl(uint32_t x)
{
    return __builtin_bswap32(x);
}

uint16_t htons(uint16_t x)
{
    return __builtin_bswap16(x);
}

uint16_t ntohs(uint16_t x)
{
    return __builtin_bswap16(x);
}

/* One to four numbers, the last of which fills what is left: 10.1 is 10.0.0.1. inet(3). */
int inet_aton(const char *text, struct in_addr *address)
{
    uint32_t value = 0;
    for (int part = 0; part < 4; part++) {
        char *end;
        if (*text < '0' || *text > '9') return 0;
        unsigned long number = strtoul(text, &end, 0);
        if (*end == '\0') {
            unsigned long room = part == 0 ? 0xffffffffUL : (1UL << 8 * (4 - part)) - 1;
            if (number > room) return 0;
            address->s_addr = htonl(value | number);
            return 1;
        }
        if (*end != '.' || number > 255) return 0;
        value |= number << (24 - 8 * part);
        text = end + 1;
    }
    return 0;
}

in_addr_t inet_addr(const char *text)
{
    struct in_addr address;
    return inet_aton(text, &address) ? address.s_addr : INADDR_NONE;
}

char *inet_ntoa(struct in_addr address)
{
    static char text[INET_ADDRSTRLEN];
    return (char *)inet_ntop(AF_INET, &address, text, sizeof text);
}

/* Four decimal numbers, no more and no less. */
static int parse4(const char *text, unsigned char *octets)
{
    for (int i = 0; i < 4; i++) {
        int value = 0, digits = 0;
        while (*text >= '0' && *text <= '9' && digits < 3) {
            value = value * 10 + *text++ - '0';
            digits++;
        }
        if (digits == 0 || value > 255) return 0;
        octets[i] = value;
        if (i < 3 && *text++ != '.') return 0;
    }
    return *text == '\0';
}

static int digit(int character)
{
    if (character >= '0' && character <= '9') return character - '0';
    int lower = character | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* Groups of four hexadecimal digits; :: stands once for as many of zeros as are missing. */
static int parse6(const char *text, unsigned char *octets)
{
    unsigned char groups[16] = {0};
    int filled = 0, gap = -1;
    if (text[0] == ':' && text[1] != ':') return 0;
    while (*text != '\0') {
        if (text[0] == ':' && text[1] == ':') {
            if (gap >= 0) return 0;
            gap = filled;
            text += 2;
            continue;
        }
        if (*text == ':' && *++text == '\0') return 0;
        if (filled == 16) return 0;
        const char *begin = text;
        unsigned value = 0;
        while (digit(*text) >= 0 && text - begin < 4) value = value << 4 | digit(*text++);
        if (text == begin) return 0;
        if (*text == '.') {
            if (filled > 12 || !parse4(begin, groups + filled)) return 0;
            filled += 4;
            break;
        }
        if (*text != ':' && *text != '\0') return 0;
        groups[filled++] = value >> 8;
        groups[filled++] = value;
    }
    if (gap < 0 && filled != 16) return 0;
    memset(octets, 0, 16);
    int before = gap < 0 ? 16 : gap;
    memcpy(octets, groups, before);
    if (gap >= 0) memcpy(octets + 16 - (filled - gap), groups + gap, filled - gap);
    return 1;
}

int inet_pton(int family, const char *restrict text, void *restrict address)
{
    switch (family) {
    case AF_INET: {
        unsigned char octets[4];
        if (!parse4(text, octets)) return 0;
        memcpy(address, octets, sizeof octets);
        return 1;
    }
    case AF_INET6:
        return parse6(text, address);
    default:
        errno = EAFNOSUPPORT;
        return -1;
    }
}

/*
 * RFC 5952: the longest run of zeros, and the first of those, is left out. As glibc does it, the last four octets of a
 * mapped or compatible IPv4 address are written as one: ::ffff:10.0.0.1.
 */
static void format6(const unsigned char *octets, char *text)
{
    int best = -1, length = 1;
    for (int i = 0; i < 8; i++) {
        int j = i;
        while (j < 8 && octets[2 * j] == 0 && octets[2 * j + 1] == 0) j++;
        if (j - i > length) {
            best = i;
            length = j - i;
        }
        if (j > i) i = j;
    }
    for (int i = 0; i < 8; i++) {
        if (i == best) {
            text += sprintf(text, "::");
            i += length - 1;
            continue;
        }
        if (i == 6 && best == 0 && (length == 6 || (length == 5 && octets[10] == 0xff && octets[11] == 0xff))) {
            sprintf(text, length == 6 ? "%d.%d.%d.%d" : ":%d.%d.%d.%d", octets[12], octets[13], octets[14], octets[15]);
            return;
        }
        int first = i == 0 || i == best + length;
        text += sprintf(text, first ? "%x" : ":%x", octets[2 * i] << 8 | octets[2 * i + 1]);
    }
    *text = '\0';
}

const char *inet_ntop(int family, const void *restrict address, char *restrict text, socklen_t room)
{
    const unsigned char *octets = address;
    char written[INET6_ADDRSTRLEN + 2];
    switch (family) {
    case AF_INET:
        sprintf(written, "%d.%d.%d.%d", octets[0], octets[1], octets[2], octets[3]);
        break;
    case AF_INET6:
        format6(octets, written);
        break;
    default:
        errno = EAFNOSUPPORT;
        return NULL;
    }
    if (strlen(written) >= room) {
        errno = ENOSPC;
        return NULL;
    }
    return strcpy(text, written);
}

