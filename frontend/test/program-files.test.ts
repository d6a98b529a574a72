import { beforeEach, expect, it } from "vitest";
import { Breakpoints } from "../src/islands/breakpoints.ts";
import { ProgramFiles } from "../src/islands/program-files.ts";
import { lineThatCalls } from "../src/views/call-lines.ts";

beforeEach(() => localStorage.clear());

it("keeps the files of a program, sources first", () => {
  const files = new ProgramFiles(localStorage, "lab");
  expect(files.add("server", "proto.h")).toBe("");
  expect(files.add("server", "util.c")).toBe("");
  files.write("server", "util.c", "int two(void) { return 2; }");
  const again = new ProgramFiles(localStorage, "lab");
  expect(again.names("server")).toEqual(["server.c", "util.c", "proto.h"]);
  expect(again.text("server", "util.c")).toContain("two");
  expect(again.all("server")["proto.h"]).toContain("PROTO_H");
});

it("reads what was kept when a program had one file", () => {
  localStorage.setItem("socketlab.code.lab.server", "int main(void) { return 0; }");
  expect(new ProgramFiles(localStorage, "lab").all("server")).toEqual({ "server.c": "int main(void) { return 0; }" });
});

it("says why a file is not added, renamed or removed", () => {
  const files = new ProgramFiles(null, "lab");
  expect(files.add("server", "../x.c")).toContain("letters, digits");
  expect(files.add("server", "server.c")).toContain("already");
  expect(files.remove("server", "server.c")).toContain("needs a .c file");
  expect(files.rename("server", "server.c", "echo.h")).toContain("needs a .c file");
  expect(files.rename("server", "server.c", "echo.c")).toBe("");
});

it("asks for all breakpoints in one line, where the lines were when they were compiled", () => {
  const breakpoints = new Breakpoints(localStorage, "lab");
  breakpoints.toggle("server", "server.c", { line: 22, built: 20 });
  expect(new Breakpoints(localStorage, "lab").pattern).toBe(
    'server CallEntered place="server.c:20" | server FunctionEntered place="server.c:20"',
  );
  breakpoints.rebuilt("server", ["server.c"]);
  expect(breakpoints.of("server", "server.c")).toEqual([{ line: 22, built: 22 }]);
  breakpoints.toggle("server", "server.c", { line: 22, built: 22 });
  expect(breakpoints.count).toBe(0);
});

it("finds the line that calls, past comments and strings", () => {
  const text = '/* accept(\n */\nputs("accept(");\nint n = accept (fd, 0, 0);\n';
  expect(lineThatCalls(text, 1, ["accept", "read"])).toBe(4);
  expect(lineThatCalls(text, 5, ["accept", "read"])).toBeNull();
});
