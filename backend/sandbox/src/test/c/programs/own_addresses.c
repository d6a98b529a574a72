/* The addresses of this host, as a textbook lists them. */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

int main(void)
{
    struct ifaddrs *ifaddr, *ifa;
    char host[NI_MAXHOST];
    if (getifaddrs(&ifaddr) == -1) {
        perror("getifaddrs");
        exit(EXIT_FAILURE);
    }
    for (ifa = ifaddr; ifa != NULL; ifa = ifa->ifa_next) {
        if (ifa->ifa_addr == NULL || ifa->ifa_addr->sa_family != AF_INET) continue;
        if (!(ifa->ifa_flags & IFF_UP)) continue;
        int s = getnameinfo(ifa->ifa_addr, sizeof(struct sockaddr_in), host, NI_MAXHOST, NULL, 0, NI_NUMERICHOST);
        if (s != 0) {
            printf("getnameinfo() failed: %s\n", gai_strerror(s));
            exit(EXIT_FAILURE);
        }
        printf("%s %s", (ifa->ifa_flags & IFF_LOOPBACK) ? "loopback" : "card", host);
        struct sockaddr_in *mask = (struct sockaddr_in *)ifa->ifa_netmask;
        printf(" netmask %s", inet_ntoa(mask->sin_addr));
        if (ifa->ifa_flags & IFF_BROADCAST) {
            struct sockaddr_in *all = (struct sockaddr_in *)ifa->ifa_broadaddr;
            printf(" broadcast %s", inet_ntoa(all->sin_addr));
        }
        printf("\n");
    }
    freeifaddrs(ifaddr);
    unsigned lo = if_nametoindex("lo");
    char name[IF_NAMESIZE];
    printf("lo is %s\n", if_indextoname(lo, name) ? name : "nothing");
    return 0;
}
