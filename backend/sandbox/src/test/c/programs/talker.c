/* talker in the way of a well-known guide: one datagram, and an answer within a time. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/types.h>
#include <unistd.h>

#define SERVERPORT "4950"

int main(int argc, char *argv[])
{
    int opt, port_given = 0;
    char *port = SERVERPORT;
    while ((opt = getopt(argc, argv, "p:v")) != -1) {
        switch (opt) {
        case 'p':
            port = optarg;
            port_given = 1;
            break;
        case 'v':
            setvbuf(stdout, NULL, _IONBF, 0);
            break;
        default:
            fprintf(stderr, "usage: talker [-p port] hostname message\n");
            exit(1);
        }
    }
    if (argc - optind != 2) {
        fprintf(stderr, "usage: talker [-p port] hostname message\n");
        exit(1);
    }
    struct hostent *he = gethostbyname(argv[optind]);
    if (he == NULL) {
        herror("gethostbyname");
        exit(1);
    }
    struct servent *service = getservbyname("domain", "udp");
    printf("%s: %d addresses, domain is %d\n", he->h_name, he->h_addr_list[1] == NULL ? 1 : 2,
           service ? ntohs(service->s_port) : -1);
    struct sockaddr_in their_addr;
    memset(&their_addr, 0, sizeof their_addr);
    their_addr.sin_family = AF_INET;
    their_addr.sin_port = htons(port_given ? atoi(port) : 4950);
    their_addr.sin_addr = *((struct in_addr *)he->h_addr);
    int sockfd = socket(PF_INET, SOCK_DGRAM, IPPROTO_UDP);
    if (sockfd == -1) {
        perror("talker: socket");
        exit(1);
    }
    struct timeval tv = {.tv_sec = 1};
    setsockopt(sockfd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv);
    ssize_t numbytes = sendto(sockfd, argv[optind + 1], strlen(argv[optind + 1]), 0, (struct sockaddr *)&their_addr,
                              sizeof their_addr);
    printf("sent %zd bytes to %s\n", numbytes, inet_ntoa(their_addr.sin_addr));
    char buf[100];
    numbytes = recvfrom(sockfd, buf, sizeof buf - 1, 0, NULL, NULL);
    if (numbytes == -1) {
        printf("no answer: %s\n", errno == EAGAIN || errno == EWOULDBLOCK ? "timeout" : strerror(errno));
    } else {
        buf[numbytes] = '\0';
        printf("answer \"%s\"\n", buf);
    }
    close(sockfd);
    return 0;
}
