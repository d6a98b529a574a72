/* Reads until it has a line, and does not notice the end. "end_of_stream serve", "end_of_stream ADDRESS". */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5454

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) return 1;
    if (argc > 1 && strcmp(argv[1], "serve") != 0) {
        inet_pton(AF_INET, argv[1], &address.sin_addr);
        if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
        if (send(fd, "half a li", 9, 0) < 0) return 1;
        close(fd);
        return 0;
    }
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
    int client = accept(fd, NULL, NULL);
    if (client < 0) return 1;
    char line[128] = "";
    size_t length = 0;
    while (strchr(line, '\n') == NULL) {
        ssize_t n = recv(client, line + length, sizeof line - 1 - length, 0);
        if (n < 0) return 1;
        length += n;
        line[length] = '\0';
    }
    printf("%s", line);
    close(client);
    close(fd);
    return 0;
}
