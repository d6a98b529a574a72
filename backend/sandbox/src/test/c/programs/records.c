/*
 * Records over a stream, each with its length before it. "records server" reads them whole, however they come;
 * "records client" sends three at once.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 6000

static int read_whole(int fd, void *data, size_t count)
{
    for (size_t got = 0; got < count;) {
        ssize_t n = recv(fd, (char *)data + got, count - got, 0);
        if (n <= 0) return 0;
        got += n;
    }
    return 1;
}

static int server(void)
{
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 1) < 0) return 1;
    int fd = accept(listener, NULL, NULL);
    uint32_t length;
    while (read_whole(fd, &length, sizeof length)) {
        char text[256];
        length = ntohl(length);
        if (length >= sizeof text || !read_whole(fd, text, length)) return 1;
        text[length] = '\0';
        printf("record of %u: %s\n", (unsigned)length, text);
    }
    return 0;
}

static int client(const char *host)
{
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    struct hostent *found = gethostbyname(host);
    if (found == NULL) {
        herror(host);
        return 1;
    }
    memcpy(&to.sin_addr, found->h_addr, sizeof to.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) < 0) {
        perror("connect");
        return 1;
    }
    const char *records[] = {"first", "", "the third, and last"};
    char all[256];
    size_t size = 0;
    for (int i = 0; i < 3; i++) {
        uint32_t length = htonl(strlen(records[i]));
        memcpy(all + size, &length, sizeof length);
        memcpy(all + size + sizeof length, records[i], strlen(records[i]));
        size += sizeof length + strlen(records[i]);
    }
    /* octet by octet, so that no record comes in one piece */
    for (size_t i = 0; i < size; i++) send(fd, all + i, 1, 0);
    close(fd);
    return 0;
}

int main(int argc, char *argv[])
{
    if (argc > 1 && strcmp(argv[1], "server") == 0) return server();
    return client(argc > 2 ? argv[2] : "localhost");
}
