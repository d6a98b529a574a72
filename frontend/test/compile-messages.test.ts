import { describe, expect, it } from "vitest";
import { inPlainWords, readMessages } from "../src/compile/messages.ts";

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
    ["too few arguments to function call, expected 3, have 2", "It takes 3 arguments and is given 2."],
  ])("is said again in plain words: %s", (text, plain) => {
    expect(inPlainWords(text)).toContain(plain);
  });

  it("is left as it is where nothing plainer is known", () => {
    expect(inPlainWords("some message of a later clang")).toBe("");
  });
});
