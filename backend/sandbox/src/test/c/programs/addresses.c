/* inet_pton(3) and inet_ntop(3) there and back. */
#include <arpa/inet.h>
#include <stdio.h>

int main(void)
{
    const char *texts[] = {"2001:db8::1", "::", "::1", "1::", "2001:0:0:1::1", "::ffff:10.0.0.1", "1:2:3:4:5:6:7:8",
                           "1:2:3:4:5:6:7", "1::2::3", "12345::", "g::"};
    for (unsigned i = 0; i < sizeof texts / sizeof *texts; i++) {
        unsigned char octets[16];
        char back[INET6_ADDRSTRLEN];
        if (inet_pton(AF_INET6, texts[i], octets) == 1) printf("%s\n", inet_ntop(AF_INET6, octets, back, sizeof back));
        else printf("%s is none\n", texts[i]);
    }
    struct in_addr four;
    printf("%d %d %d\n", inet_aton("10.1", &four), inet_aton("256.1.1.1", &four), inet_pton(AF_INET, "10.1", &four));
    printf("%s\n", inet_ntoa((struct in_addr){htonl(0x0a000001)}));
    return 0;
}
