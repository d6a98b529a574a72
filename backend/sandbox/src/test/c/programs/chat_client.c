/* Says two things, half a second apart, and prints what others say meanwhile. poll(2). */
#include <netdb.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
    const char *host = argc > 1 ? argv[1] : "localhost", *port = argc > 2 ? argv[2] : "9000";
    const char *name = argc > 3 ? argv[3] : "somebody";
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found);
    if (error) {
        fprintf(stderr, "%s\n", gai_strerror(error));
        return 1;
    }
    int fd = socket(found->ai_family, found->ai_socktype, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    freeaddrinfo(found);
    for (int said = 0; said < 2; said++) {
        char line[64];
        snprintf(line, sizeof line, "%s says %s\n", name, said == 0 ? "hello" : "good bye");
        send(fd, line, strlen(line), 0);
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        while (poll(&wait, 1, 500) > 0) {
            char heard[256];
            ssize_t n = recv(fd, heard, sizeof heard, 0);
            if (n <= 0) return 0;
            fwrite(heard, 1, n, stdout);
        }
    }
    close(fd);
    return 0;
}
