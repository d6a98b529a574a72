/** What stands in an editor that nobody has written in: a program that listens, or one that connects. */
export function skeleton(host: string): string {
  const server = /server|router/.test(host);
  return `/* The program of ${host}. Run it with Ctrl+Enter. */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int main(int argc, char *argv[])
{
${server ? SERVER : CLIENT}
    return 0;
}
`;
}

const SERVER = `    int port = argc > 1 ? atoi(argv[1]) : 7777;
    int listener = socket(AF_INET, SOCK_STREAM, 0);
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_port = htons(port)};
    if (bind(listener, (struct sockaddr *)&here, sizeof here) < 0 || listen(listener, 5) < 0) {
        perror("bind or listen");
        return 1;
    }
    int client = accept(listener, NULL, NULL);
    char data[100];
    ssize_t n = read(client, data, sizeof data);
    if (n > 0) write(client, data, n);
    close(client);
    close(listener);`;

const CLIENT = `    const char *host = argc > 1 ? argv[1] : "server", *port = argc > 2 ? argv[2] : "7777";
    struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *found;
    int error = getaddrinfo(host, port, &hints, &found);
    if (error != 0) {
        fprintf(stderr, "%s: %s\\n", host, gai_strerror(error));
        return 1;
    }
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, found->ai_addr, found->ai_addrlen) < 0) {
        perror("connect");
        return 1;
    }
    freeaddrinfo(found);
    write(fd, "hello", 5);
    char data[100];
    ssize_t n = read(fd, data, sizeof data);
    printf("%.*s\\n", (int)(n < 0 ? 0 : n), data);
    close(fd);`;
