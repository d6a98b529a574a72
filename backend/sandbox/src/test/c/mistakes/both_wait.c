/* Server and client wait for the other to speak first. "both_wait serve", "both_wait HOST". */
#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5151

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
        fd = accept(fd, NULL, NULL);
    } else {
        struct hostent *found = gethostbyname(argc > 1 ? argv[1] : "localhost");
        if (found == NULL) return 1;
        memcpy(&address.sin_addr, found->h_addr_list[0], sizeof address.sin_addr);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    }
    char greeting[64];
    ssize_t n = recv(fd, greeting, sizeof greeting, 0);
    printf("%zd octets\n", n);
    return 0;
}
