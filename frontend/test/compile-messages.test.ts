import { describe, expect, it } from "vitest";
import { readMessages } from "../src/compile/messages.ts";
import { inPlainWords } from "../src/compile/plain-words.ts";

describe("what clang says", () => {
  it("is read with its place and its flag", () => {
    const [first, second] = readMessages(
      [
        "server.c:12:5: error: use of undeclared identifier 'lisen'",
        "   12 |     lisen(fd, 5);",
        "      |     ^",
        "server.c:20:9: warning: unused variable 'n' [-Wunused-variable]",
        "1 warning and 1 error generated.",
      ].join("\n"),
    );
    expect(first).toMatchObject({ severity: "error", file: "server.c", line: 12, column: 5, flag: "" });
    expect(first?.plain).toContain("Nothing here is called lisen");
    expect(second).toMatchObject({ severity: "warning", text: "unused variable 'n'", flag: "-Wunused-variable" });
  });

  it("counts a fatal error as one", () => {
    const [message] = readMessages("a.c:1:10: fatal error: 'sys/sokcet.h' file not found");
    expect(message).toMatchObject({ severity: "error", line: 1 });
    expect(message?.plain).toContain("sys/sokcet.h");
  });

  it("has the linker's too, which are of no line", () => {
    expect(readMessages("wasm-ld: error: /tmp/a.o: undefined symbol: main")).toMatchObject([
      { severity: "error", file: "", line: 0, plain: "There is no main(): that is where a program begins." },
    ]);
  });

  it.each([
    ["expected ';' after expression", "A semicolon is missing after expression"],
    ["format specifies type 'int' but the argument has type 'ssize_t' (aka 'int')", "The format of printf() says int"],
    [
      "incompatible pointer types passing 'struct sockaddr_in *' to parameter of type 'const struct sockaddr *'",
      "cast the address",
    ],
    ["passing 'struct sockaddr_in' to parameter of incompatible type 'const struct sockaddr *'", "is an & missing?"],
    [
      "passing 'int *' to parameter of type 'socklen_t *' (aka 'unsigned int *') converts between pointers to integer types with different sign",
      "The length is a socklen_t",
    ],
    [
      "incompatible pointer types passing 'char *(*)[10]' to parameter of type 'char *'",
      "is there an & or a * too many or too few?",
    ],
    [
      "implicitly declaring library function 'memset' with type 'void *(void *, int, unsigned long)'",
      "#include <string.h> is missing: it declares memset.",
    ],
    ["implicit declaration of function 'close' is invalid in C99", "#include <unistd.h> is missing"],
    [
      "call to undeclared function 'inet_pton'; ISO C99 and later do not support implicit function declarations",
      "#include <arpa/inet.h> is missing",
    ],
    [
      "call to undeclared function 'serve'; ISO C99 and later do not support implicit function declarations",
      "serve() is not declared: look at its spelling",
    ],
    ["use of undeclared identifier 'fd_set'", "#include <sys/select.h> is missing: it declares fd_set."],
    ["unknown type name 'fd_set'", "#include <sys/select.h> is missing"],
    ["use of undeclared identifier 'pollin'", "Nothing here is called pollin"],
    ["variable has incomplete type 'struct pollfd'", "#include <poll.h> is missing: it declares pollfd."],
    ["must use 'struct' tag to refer to type 'sockaddr_in'", "In C it is written struct sockaddr_in."],
    ["format string is not a string literal (potentially insecure)", 'write printf("%s", text)'],
    ["format specifies type 'int' but the argument has type 'ssize_t' (aka 'long')", "A ssize_t is %zd"],
    ["format specifies type 'long' but the argument has type 'time_t' (aka 'long long')", "Cast a time to long"],
    ["more '%' conversions than data arguments", "more % than there are values"],
    ["ignoring return value of function declared with 'warn_unused_result' attribute", "look at what it returns"],
    ["array type 'char[10]' is not assignable", "An array is not assigned"],
    ["while loop has empty body", "The semicolon behind the bracket"],
    ["member reference type 'struct sockaddr_in' is not a pointer; did you mean to use '.'?", "a dot in place of ->"],
    ["comparison of integers of different signs: 'int' and 'size_t' (aka 'unsigned long')", "look for -1 first"],
    ["undefined symbol: serve", "declared but nowhere defined"],
    ["unknown type name 'socket_t'", "There is no type socket_t"],
    ["'execvp' is unavailable: there is no other program to run here", "execvp() is not there"],
    ["too few arguments to function call, expected 3, have 2", "It takes 3 arguments and is given 2."],
  ])("is said again in plain words: %s", (text, plain) => {
    expect(inPlainWords(text)).toContain(plain);
  });

  it("is left as it is where nothing plainer is known", () => {
    expect(inPlainWords("some message of a later clang")).toBe("");
  });
});
