/*
 * A datagram that is not answered: recvfrom() ended by SIGALRM, by select(), by SO_RCVTIMEO, and by ECONNREFUSED on a
 * connected socket; then one that is. "datagram_waits serve" answers the fourth, and ends.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define MOST 128
#define PORT 9877

static void interrupts(int signal)
{
    (void)signal; /* recvfrom() has been interrupted, and that is all */
}

static int serve(void)
{
    struct sockaddr_in server, from;
    char text_of[MOST], text[INET_ADDRSTRLEN];
    int fd = socket(AF_INET, SOCK_DGRAM, 0);
    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_addr.s_addr = htonl(INADDR_ANY);
    server.sin_port = htons(PORT);
    if (bind(fd, (struct sockaddr *)&server, sizeof(server)) < 0) {
        perror("bind");
        return 1;
    }
    for (int i = 1; i <= 4; i++) {
        socklen_t len = sizeof(from);
        ssize_t n = recvfrom(fd, text_of, MOST, 0, (struct sockaddr *)&from, &len);
        printf("%zd from %s: %.*s\n", n, inet_ntop(AF_INET, &from.sin_addr, text, sizeof text), (int)n, text_of);
        if (i == 4) sendto(fd, text_of, n, 0, (struct sockaddr *)&from, len);
    }
    close(fd);
    return 0;
}

int main(int argc, char **argv)
{
    struct sockaddr_in server, reply;
    char answer[MOST + 1];
    socklen_t len;
    ssize_t n;

    if (argc == 2 && strcmp(argv[1], "serve") == 0) return serve();
    memset(&server, 0, sizeof(server));
    server.sin_family = AF_INET;
    server.sin_port = htons(PORT);
    inet_pton(AF_INET, argv[1], &server.sin_addr);
    int fd = socket(AF_INET, SOCK_DGRAM, 0);

    struct sigaction sa;
    sa.sa_handler = interrupts;
    sigemptyset(&sa.sa_mask);
    sa.sa_flags = 0;
    sigaction(SIGALRM, &sa, NULL);
    sendto(fd, "alarm", 5, 0, (struct sockaddr *)&server, sizeof(server));
    alarm(2);
    if ((n = recvfrom(fd, answer, MOST, 0, NULL, NULL)) < 0) {
        perror("alarm");
    } else
        alarm(0);

    sendto(fd, "select", 6, 0, (struct sockaddr *)&server, sizeof(server));
    fd_set readable;
    struct timeval second = {1, 0};
    FD_ZERO(&readable);
    FD_SET(fd, &readable);
    printf("select: %d\n", select(fd + 1, &readable, NULL, NULL, &second));

    struct timeval tv = {1, 500000};
    socklen_t size = sizeof(tv);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv));
    memset(&tv, 0, sizeof tv);
    getsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, &size);
    printf("waits for %d.%06d s\n", (int)tv.tv_sec, (int)tv.tv_usec);
    sendto(fd, "option", 6, 0, (struct sockaddr *)&server, sizeof(server));
    n = recvfrom(fd, answer, MOST, 0, NULL, NULL);
    if (n < 0) printf("%s, %d\n", strerror(errno), errno == EWOULDBLOCK);

    sendto(fd, "please", 6, 0, (struct sockaddr *)&server, sizeof(server));
    len = sizeof(reply);
    n = recvfrom(fd, answer, MOST, 0, (struct sockaddr *)&reply, &len);
    if (n < 0) perror("recvfrom");
    else if (len != sizeof(server) || memcmp(&server, &reply, 8) != 0) printf("reply from another\n");
    else {
        answer[n] = 0;
        puts(answer);
    }

    sleep(1); /* the server has ended */
    sendto(fd, "nobody", 6, 0, (struct sockaddr *)&server, sizeof(server));
    n = recvfrom(fd, answer, MOST, 0, NULL, NULL);
    printf("not connected: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    if (connect(fd, (struct sockaddr *)&server, sizeof(server)) < 0) perror("connect");
    n = write(fd, "nobody", 6);
    printf("connected: wrote %zd\n", n);
    n = read(fd, answer, MOST);
    if (n < 0) perror("read");
    n = sendto(fd, "x", 1, 0, (struct sockaddr *)&server, sizeof(server));
    printf("sendto with an address: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    usleep(200000);
    n = write(fd, "again", 5);
    printf("write: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    n = write(fd, "again", 5);
    printf("write: %zd %s\n", n, n < 0 ? strerror(errno) : "");
    struct sockaddr_in none;
    memset(&none, 0, sizeof(none));
    none.sin_family = AF_UNSPEC;
    printf("disconnect %d\n", connect(fd, (struct sockaddr *)&none, sizeof(none)));
    n = write(fd, "lost", 4);
    if (n < 0) perror("write");
    return 0;
}
