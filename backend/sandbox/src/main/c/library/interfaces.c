/* ifaddrs.h, net/if.h: the network interfaces of the host. */
#include "kernel.h"

#include <errno.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

#define MOST 32

/* An entry with what it points to, so that it can be given back as one. */
struct entry {
    struct ifaddrs ifaddrs;
    char name[IF_NAMESIZE];
    struct sockaddr_storage address, netmask, broadcast;
};

static struct sockaddr *put4(struct sockaddr_storage *place, uint32_t address)
{
    struct sockaddr_in *in = (struct sockaddr_in *)place;
    in->sin_family = AF_INET;
    in->sin_addr.s_addr = address;
    return (struct sockaddr *)place;
}

static struct sockaddr *put6(struct sockaddr_storage *place, const unsigned char *address)
{
    struct sockaddr_in6 *in = (struct sockaddr_in6 *)place;
    in->sin6_family = AF_INET6;
    memcpy(&in->sin6_addr, address, sizeof in->sin6_addr);
    return (struct sockaddr *)place;
}

static struct entry *new_entry(const struct k_interface *interface, struct ifaddrs ***end)
{
    struct entry *entry = calloc(1, sizeof *entry);
    if (entry == NULL) return NULL;
    memcpy(entry->name, interface->name, sizeof entry->name);
    entry->ifaddrs.ifa_name = entry->name;
    entry->ifaddrs.ifa_flags = interface->flags;
    **end = &entry->ifaddrs;
    *end = &entry->ifaddrs.ifa_next;
    return entry;
}

static int add4(const struct k_interface *interface, struct ifaddrs ***end)
{
    struct entry *entry = new_entry(interface, end);
    if (entry == NULL) return -1;
    entry->ifaddrs.ifa_addr = put4(&entry->address, interface->address);
    entry->ifaddrs.ifa_netmask = put4(&entry->netmask, interface->netmask);
    if (interface->flags & IFF_BROADCAST)
        entry->ifaddrs.ifa_broadaddr = put4(&entry->broadcast, interface->address | ~interface->netmask);
    return 0;
}

static int add6(const struct k_interface *interface, struct ifaddrs ***end)
{
    if (interface->prefix6 == 0) return 0;
    struct entry *entry = new_entry(interface, end);
    if (entry == NULL) return -1;
    unsigned char mask[16] = {0};
    for (unsigned bit = 0; bit < interface->prefix6 && bit < 128; bit++) mask[bit / 8] |= 0x80 >> bit % 8;
    entry->ifaddrs.ifa_addr = put6(&entry->address, interface->address6);
    entry->ifaddrs.ifa_netmask = put6(&entry->netmask, mask);
    return 0;
}

/* As Linux gives them: all addresses of IPv4, then those of IPv6. */
int getifaddrs(struct ifaddrs **list)
{
    struct k_interface interfaces[MOST];
    int count = k_interfaces(interfaces, MOST), failed = 0;
    if (count > MOST) count = MOST;
    *list = NULL;
    struct ifaddrs **end = list;
    for (int i = 0; i < count; i++) failed |= add4(&interfaces[i], &end);
    for (int i = 0; i < count; i++) failed |= add6(&interfaces[i], &end);
    if (!failed) return 0;
    freeifaddrs(*list);
    errno = ENOMEM;
    return -1;
}

void freeifaddrs(struct ifaddrs *list)
{
    while (list != NULL) {
        struct ifaddrs *next = list->ifa_next;
        free(list);
        list = next;
    }
}

unsigned if_nametoindex(const char *name)
{
    struct k_interface interfaces[MOST];
    int count = k_interfaces(interfaces, MOST);
    for (int i = 0; i < count && i < MOST; i++)
        if (strcmp(interfaces[i].name, name) == 0) return interfaces[i].index;
    errno = ENODEV;
    return 0;
}

char *if_indextoname(unsigned index, char *name)
{
    struct k_interface interfaces[MOST];
    int count = k_interfaces(interfaces, MOST);
    for (int i = 0; i < count && i < MOST; i++)
        if (interfaces[i].index == index) return strcpy(name, interfaces[i].name);
    errno = ENXIO;
    return NULL;
}
