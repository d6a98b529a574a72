/** The headers of what socket programs use most, for those who have left one out. */
const HEADERS: Readonly<Record<string, string>> = {
  "sys/socket.h":
    "socket bind listen accept accept4 connect send recv sendto recvfrom sendmsg recvmsg shutdown getsockname getpeername getsockopt setsockopt socketpair sockaddr sockaddr_storage socklen_t msghdr cmsghdr linger AF_INET AF_INET6 PF_INET AF_UNIX AF_UNSPEC SOCK_STREAM SOCK_DGRAM SOL_SOCKET SO_REUSEADDR SO_RCVTIMEO SO_SNDTIMEO SO_ERROR SO_KEEPALIVE SO_LINGER SO_RCVBUF SO_SNDBUF SO_BROADCAST SOMAXCONN SHUT_RD SHUT_WR SHUT_RDWR MSG_PEEK MSG_DONTWAIT MSG_NOSIGNAL MSG_WAITALL",
  "netinet/in.h":
    "sockaddr_in sockaddr_in6 in_addr in6_addr INADDR_ANY INADDR_LOOPBACK IPPROTO_TCP IPPROTO_UDP INET_ADDRSTRLEN INET6_ADDRSTRLEN in_port_t in_addr_t in6addr_any",
  "netinet/tcp.h": "TCP_NODELAY TCP_CORK TCP_INFO TCP_KEEPIDLE TCP_KEEPINTVL TCP_KEEPCNT TCP_USER_TIMEOUT",
  "arpa/inet.h": "htons htonl ntohs ntohl inet_pton inet_ntop inet_aton inet_ntoa inet_addr",
  "netdb.h":
    "getaddrinfo freeaddrinfo gai_strerror getnameinfo gethostbyname gethostbyaddr getservbyname herror hstrerror addrinfo hostent servent AI_PASSIVE NI_MAXHOST NI_NUMERICHOST",
  "unistd.h":
    "close read write fork pipe dup dup2 alarm pause sleep usleep getpid getppid gethostname isatty getopt _exit STDIN_FILENO STDOUT_FILENO STDERR_FILENO unlink",
  "sys/select.h": "select pselect fd_set FD_SET FD_ZERO FD_ISSET FD_CLR FD_SETSIZE",
  "poll.h": "poll ppoll pollfd nfds_t POLLIN POLLOUT POLLERR POLLHUP",
  "sys/epoll.h":
    "epoll_create epoll_create1 epoll_ctl epoll_wait epoll_event EPOLLIN EPOLLOUT EPOLLET EPOLL_CTL_ADD EPOLL_CTL_MOD EPOLL_CTL_DEL",
  "sys/event.h": "kqueue kevent EV_SET EVFILT_READ EVFILT_WRITE EV_ADD EV_DELETE",
  "fcntl.h": "fcntl F_GETFL F_SETFL O_NONBLOCK O_CLOEXEC",
  "sys/ioctl.h": "ioctl FIONREAD FIONBIO",
  "sys/wait.h": "wait waitpid WNOHANG WIFEXITED WEXITSTATUS WIFSIGNALED WTERMSIG",
  "signal.h":
    "signal sigaction sigemptyset sigfillset sigaddset sigprocmask kill raise SIGINT SIGPIPE SIGCHLD SIGALRM SIGTERM SIG_IGN SIG_DFL SA_RESTART sig_atomic_t",
  "pthread.h":
    "pthread_create pthread_join pthread_detach pthread_exit pthread_self pthread_t pthread_mutex_t pthread_cond_t pthread_mutex_lock pthread_mutex_unlock pthread_mutex_init pthread_cond_wait pthread_cond_signal pthread_cond_broadcast pthread_cond_timedwait pthread_once pthread_key_create pthread_rwlock_t",
  "semaphore.h": "sem_init sem_wait sem_post sem_t",
  "errno.h":
    "errno EINTR EAGAIN EWOULDBLOCK EINPROGRESS ECONNREFUSED ECONNRESET EPIPE EADDRINUSE ETIMEDOUT EBADF ENOTCONN EINVAL",
  "stdio.h":
    "printf fprintf sprintf snprintf perror puts fputs fgets putchar getchar scanf sscanf fflush stdout stderr stdin FILE setvbuf fdopen getline EOF BUFSIZ",
  "stdlib.h":
    "malloc calloc realloc free exit atoi atol strtol strtoul abort rand srand EXIT_FAILURE EXIT_SUCCESS qsort",
  "string.h":
    "memset memcpy memmove memcmp memchr strlen strcpy strncpy strcat strncat strcmp strncmp strchr strrchr strstr strtok strerror strdup strsep",
  "strings.h": "bzero bcopy strcasecmp strncasecmp",
  "stdint.h": "uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t",
  "stdbool.h": "bool true false",
  "time.h":
    "time time_t ctime localtime gmtime strftime nanosleep clock_gettime timespec CLOCK_REALTIME CLOCK_MONOTONIC",
  "sys/time.h": "gettimeofday timeval setitimer getitimer itimerval ITIMER_REAL",
  "sys/uio.h": "readv writev iovec",
  "sys/un.h": "sockaddr_un",
  "sys/resource.h": "getrlimit setrlimit rlimit RLIMIT_NOFILE",
  "ifaddrs.h": "getifaddrs freeifaddrs ifaddrs",
  "net/if.h": "if_nametoindex if_indextoname IFF_UP IFF_LOOPBACK",
  "ctype.h": "isdigit isalpha isspace isalnum toupper tolower isprint",
  "assert.h": "assert",
};

const HEADER_OF = new Map(
  Object.entries(HEADERS).flatMap(([header, names]) => names.split(" ").map((name) => [name, header] as const)),
);

/** `#include <poll.h>`, or what else may be wrong with a name that is not known. */
function included(name: string, otherwise: string): string {
  const header = HEADER_OF.get(name);
  return header ? `#include <${header}> is missing: it declares ${name}.` : otherwise;
}

const isAddress = (type: string): boolean => /struct sockaddr(_\w+)? \*/.test(type);

/** The mistakes that people make when they begin, and what they come to. */
const USUAL: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^expected ';' (.*)$/, (where) => `A semicolon is missing ${where}: look at the end of the line before, too.`],
  [/^expected ';'$/, () => "A semicolon is missing: look at the end of the line before, too."],
  [
    /^use of undeclared identifier '(.+)'$/,
    (name) => included(name, `Nothing here is called ${name}: look at its spelling, or declare it before it is used.`),
  ],
  [
    /^use of undeclared identifier '(.+)'; did you mean '(.+)'\?$/,
    (name, other) => included(name, `Nothing here is called ${name}; ${other} is near.`),
  ],
  [
    /^(?:call to undeclared (?:library )?function '(\w+)'|implicit declaration of function '(\w+)'|implicitly declaring library function '(\w+)')/,
    (...names) => {
      const name = names.find((each) => each) ?? "";
      return included(
        name,
        `${name}() is not declared: look at its spelling, declare it above, or include the header that its man page names.`,
      );
    },
  ],
  [
    /^unknown type name '(\w+)'/,
    (name) =>
      included(name, `There is no type ${name}: look at its spelling, write struct before it, or include its header.`),
  ],
  [/^must use 'struct' tag to refer to type '(\w+)'/, (name) => `In C it is written struct ${name}.`],
  [
    /^variable has incomplete type '(?:struct )?(\w+)'$/,
    (name) => included(name, `What struct ${name} is made of is said nowhere above: include its header.`),
  ],
  [
    /^incomplete definition of type '(?:struct )?(\w+)'$/,
    (name) => included(name, `What struct ${name} is made of is said nowhere above: include its header.`),
  ],
  [
    /^invalid application of 'sizeof' to an incomplete type '(?:struct )?(\w+)'$/,
    (name) => included(name, `What struct ${name} is made of is said nowhere above: include its header.`),
  ],
  [
    /^declaration of 'struct (\w+)' will not be visible outside of this function$/,
    (name) => included(name, `struct ${name} is declared nowhere above.`),
  ],
  [
    /^undefined symbol: (?!main$)(\w+)$/,
    (name) => `${name} is declared but nowhere defined: no file of the program has it, nor has the library.`,
  ],
  [/undefined symbol: main$/, () => "There is no main(): that is where a program begins."],
  [/^duplicate symbol: (\w+)/, (name) => `${name} is defined in two files: one of them should only declare it.`],
  [
    /^'(.+)' file not found$/,
    (file) => `There is no header ${file} here. The ones of socket programs are there; look at its spelling.`,
  ],
  [
    /^incompatible pointer types passing '(.+)' to parameter of type '(.+)'/,
    (given, wanted) => {
      if (isAddress(wanted))
        return `Calls of sockets take struct sockaddr *: write (struct sockaddr *) before the ${given}: cast the address.`;
      if (wanted.startsWith("socklen_t *"))
        return `The length is a socklen_t, and is given by its address: declare it so, it is a ${given} now.`;
      return `It takes a ${wanted} and is given a ${given}: is there an & or a * too many or too few?`;
    },
  ],
  [
    /^incompatible pointer types (?:assigning to|initializing|returning) '(.+)' (?:from|with an expression of type) '(.+)'/,
    (wanted, given) => `A ${given} is put where a ${wanted} belongs: is there an & or a * too many or too few?`,
  ],
  [
    /^passing '(.+)' to parameter of type '([^']+)'(?: \(aka '[^']+'\))? converts between pointers to integer types/,
    (given, wanted) =>
      wanted.startsWith("socklen_t *")
        ? `The length is a socklen_t, and is given by its address: declare it so, it is a ${given} now.`
        : `It takes a ${wanted} and is given a ${given}: declare it as what is wanted.`,
  ],
  [
    /^(?:equality comparison|comparison|inequality comparison) result unused$/,
    () => "The line compares and does nothing with it: = assigns.",
  ],
  [/^expression is not assignable$/, () => "What stands left of = cannot be given a value."],
  [
    /^passing '(.+)' to parameter of incompatible type '(.+)'/,
    (given, wanted) =>
      isAddress(wanted) || wanted.endsWith("*")
        ? `It takes the address of a ${given.replace(/ \(aka .*$/, "")}: is an & missing?`
        : `It takes a ${wanted} and is given a ${given}.`,
  ],
  [
    /^incompatible (integer to pointer|pointer to integer) conversion/,
    (which) =>
      which.startsWith("integer")
        ? "A number stands where an address belongs: is an & missing?"
        : "An address stands where a number belongs.",
  ],
  [
    /^comparison between pointer and integer/,
    () => "An address is compared with a number: is a * missing, or an argument of a call in the wrong place?",
  ],
  [
    /^format specifies type '(.+)' but the argument has type '(.+)'/,
    (wanted, given) =>
      `The format of printf() says ${wanted}, what is given is ${given}: correct the letter behind the %.${
        /ssize_t|size_t/.test(given) ? " A ssize_t is %zd, a size_t %zu." : ""
      }${/time_t|suseconds_t/.test(given) ? " Cast a time to long, and write %ld." : ""}`,
  ],
  [/^more '%' conversions than data arguments/, () => "The format has more % than there are values behind it."],
  [/^data argument not used by format string/, () => "There are more values than the format has %."],
  [
    /^format string is not a string literal/,
    () => 'What comes from outside is no format: write printf("%s", text), for a % in it would be followed.',
  ],
  [
    /^ignoring return value of function declared with '(?:warn_unused_result|pure|const)' attribute/,
    () => "The call may fail or do less than was asked for: look at what it returns.",
  ],
  [
    /^expression result unused/,
    () => "The line calculates something and does nothing with it: is it = that is meant, or a call?",
  ],
  [/^control reaches end of non-void function/, () => "The function promises a value and can end without return."],
  [
    /^non-void function does not return a value/,
    () => "The function promises a value and has no return on some way through it.",
  ],
  [/^non-void function '(\w+)' should return a value/, (name) => `${name}() promises a value: return wants one.`],
  [/^void function '(\w+)' should not return a value/, (name) => `${name}() is declared void: it gives no value back.`],
  [
    /^too (few|many) arguments to function call, expected (\d+), have (\d+)/,
    (_, wanted, given) => `It takes ${wanted} arguments and is given ${given}.`,
  ],
  [
    /^too (few|many) arguments to function call, (?:single argument|at least argument)/,
    (which) => (which === "few" ? "An argument is missing." : "It takes fewer arguments."),
  ],
  [
    /^using the result of an assignment as a condition/,
    () => "= assigns; to compare, write ==. If it is meant, put it in brackets of its own.",
  ],
  [
    /^(?:while|if|for) (?:loop|statement) has empty body/,
    () => "The semicolon behind the bracket is all that is done: take it away.",
  ],
  [/^expected '}'$/, () => "A closing brace is missing: somewhere above a { has no }."],
  [/^extraneous closing brace/, () => "There is one } too many: look whether the function was closed before."],
  [
    /^expected function body after function declarator$/,
    () => "Behind the head of a function comes {, without a semicolon between.",
  ],
  [
    /^function definition is not allowed here$/,
    () => "A function begins within another: the one above has no } at its end.",
  ],
  [/^variable '(\w+)' is (?:used )?uninitialized/, (name) => `${name} is used before anything was put into it.`],
  [/^unused variable '(\w+)'$/, (name) => `${name} is declared and never used.`],
  [
    /^variable '(\w+)' set but not used$/,
    (name) => `${name} is given a value that nobody looks at: should it be checked?`,
  ],
  [/^unused function '(\w+)'$/, (name) => `${name}() is written and never called.`],
  [/^expected expression$/, () => "Something is missing here: an operand, or a bracket before it."],
  [/^expected '\)'$/, () => "A closing bracket is missing."],
  [/^expected '\]'$/, () => "A closing ] is missing."],
  [
    /^expected identifier or '\('$/,
    () => "A name is missing here, or something above was closed too early: look at the braces.",
  ],
  [/^missing terminating '"' character$/, () => "The text has no closing quotation mark on its line."],
  [/^no member named '(\w+)' in '(.+)'$/, (member, struct) => `${struct} has no member ${member}: see its man page.`],
  [
    /^member reference type '(.+)' is a pointer; did you mean to use '->'\?$/,
    () => "It is an address of a struct: write -> in place of the dot.",
  ],
  [
    /^member reference type '(.+)' is not a pointer; did you mean to use '\.'\?$/,
    () => "It is a struct and no address: write a dot in place of ->.",
  ],
  [
    /^array type '(.+)' is not assignable$/,
    () => "An array is not assigned: copy it, with strcpy(), snprintf() or memcpy().",
  ],
  [/^redefinition of '(\w+)'/, (name) => `${name} is defined twice.`],
  [
    /^conflicting types for '(\w+)'/,
    (name) => `${name} is declared in two ways: above it was called or declared with other types.`,
  ],
  [
    /^comparison of integers of different signs: '(.+)' and '(.+)'/,
    () => "A number that can be -1 is compared with one that cannot: look for -1 first, then cast.",
  ],
  [
    /^result of comparison .* is always (true|false)/,
    (always) =>
      `The comparison is always ${always}: its type cannot hold such a value. What a call returns belongs in an int or ssize_t.`,
  ],
  [
    /^comparison of unsigned expression .* is always (true|false)/,
    (always) =>
      `The comparison is always ${always}: an unsigned number is never below 0. What a call returns belongs in an int or ssize_t.`,
  ],
  [
    /^'(exec\w+)' is unavailable/,
    (name) => `${name}() is not there: there is no other program to run. Start it as a program of its own.`,
  ],
  [
    /^'goto' into protected scope|^cannot jump from this goto statement/,
    () => "goto jumps over the declaration of an array: declare it above.",
  ],
];

/** What a message of clang means, in a sentence; empty if it is none of the usual ones. */
export function inPlainWords(text: string): string {
  for (const [pattern, say] of USUAL) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return "";
}
