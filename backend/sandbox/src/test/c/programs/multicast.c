/* Without an address it joins a group and says what comes; with its own host's address it sends to the group. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in group(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(7200)};
    inet_pton(AF_INET, "239.1.2.3", &address.sin_addr);
    return address;
}

static int receiver(int fd)
{
    struct sockaddr_in to = group(), from;
    struct ip_mreq membership = {.imr_multiaddr = to.sin_addr};
    if (bind(fd, (struct sockaddr *)&to, sizeof to) < 0) perror("bind");
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) perror("join by any");
    inet_pton(AF_INET, "10.0.0.2", &membership.imr_interface);
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) perror("join");
    if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &membership, sizeof membership) < 0) perror("join again");
    for (int i = 0; i < 2; i++) {
        char data[100];
        socklen_t length = sizeof from;
        ssize_t n = recvfrom(fd, data, sizeof data, 0, (struct sockaddr *)&from, &length);
        printf("%.*s from %s\n", (int)n, data, inet_ntoa(from.sin_addr));
    }
    if (setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &membership, sizeof membership) < 0) perror("leave");
    if (setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &membership, sizeof membership) < 0) perror("leave again");
    return 0;
}

int main(int argc, char *argv[])
{
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    if (argc < 2) return receiver(fd);
    struct sockaddr_in to = group();
    struct in_addr by;
    unsigned char hops = 3, told;
    socklen_t length = sizeof told;
    if (sendto(fd, "lost", 4, 0, (struct sockaddr *)&to, sizeof to) < 0) perror("sendto");
    inet_pton(AF_INET, argv[1], &by);
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &by, sizeof by) < 0) perror("by");
    if (setsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &hops, sizeof hops) < 0) perror("ttl");
    if (getsockopt(fd, IPPROTO_IP, IP_MULTICAST_TTL, &told, &length) < 0) perror("getsockopt");
    printf("%d in %u\n", told, length);
    sendto(fd, "one", 3, 0, (struct sockaddr *)&to, sizeof to);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) perror("connect");
    send(fd, "two", 3, 0);
    return 0;
}
