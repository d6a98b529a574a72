/* Sends a message and takes what the first recv() gives for the answer. "one_recv serve", "one_recv ADDRESS". */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PORT 5757
#define LENGTH 12

/* As many octets as a message has: TCP may give them in pieces. */
static int whole(int fd, char *message)
{
    for (int got = 0; got < LENGTH;) {
        ssize_t n = recv(fd, message + got, LENGTH - got, 0);
        if (n <= 0) return -1;
        got += n;
    }
    return 0;
}

int main(int argc, char *argv[])
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons(PORT)};
    char message[LENGTH + 1] = "how are you?", answer[LENGTH + 1] = "";
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    if (fd < 0) return 1;
    if (argc > 1 && strcmp(argv[1], "serve") == 0) {
        if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 1) < 0) return 1;
        int client = accept(fd, NULL, NULL);
        if (client < 0 || whole(client, answer) < 0) return 1;
        printf("asked: %s\n", answer);
        if (send(client, "I am here...", LENGTH, 0) < 0) return 1;
        close(client);
        close(fd);
        return 0;
    }
    inet_pton(AF_INET, argc > 1 ? argv[1] : "127.0.0.1", &address.sin_addr);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) < 0) return 1;
    if (send(fd, message, LENGTH, 0) < 0) return 1;
    if (recv(fd, answer, LENGTH, 0) < 0) return 1;
    printf("answer: %s\n", answer);
    close(fd);
    return 0;
}
