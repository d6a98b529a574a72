import { beforeAll, expect, it } from "vitest";
import { LineCalls, standingAt, standingSince } from "../src/trace/line-calls.ts";
import { marginNotes } from "../src/views/code-margin.ts";
import { threadServer } from "./fixtures/programs.ts";

/** The last event that was recorded. */
const END = 300;
const lines = new LineCalls();

beforeAll(() => {
  for (const event of threadServer()) lines.add(event);
});

const at = (line: number, cursor: number) =>
  marginNotes(lines.onLines("server", "thread_server.c"), cursor).find((note) => note.line === line);

it("has the call that a line is in, and what came of the last one", () => {
  expect(at(44, 18)).toMatchObject({ name: "accept", standing: "runs", result: "", count: 1, seq: 18 });
  expect(at(44, 50)).toMatchObject({ name: "accept", standing: "waits", result: "waits", count: 1, seq: 19 });
  expect(at(44, 120)).toMatchObject({ name: "accept", standing: "done", result: "= 4", seq: 118 });
  expect(at(44, END)).toMatchObject({ name: "accept", standing: "waits", count: 2 });
});

it("tells what is still to come from what has been", () => {
  expect(at(19, 20)).toMatchObject({ name: "read", standing: "later", count: 2, seq: 122 });
  expect(at(19, END)).toMatchObject({ name: "read", standing: "done", result: "= 0", count: 2 });
});

it("counts several calls of one line, and takes them for one visit", () => {
  expect(at(38, END)).toMatchObject({ name: "listen", result: "= 0", count: 2 });
  const visits = lines.of("server").filter(({ begins }) => begins);
  expect(visits.filter(({ place }) => place.endsWith(":38")).map(({ name }) => name)).toEqual(["bind"]);
  expect(visits.filter(({ place }) => place.endsWith(":44"))).toHaveLength(2);
});

it("names the socket that a call is about, and the one that it makes", () => {
  expect(at(36, END)?.socket).toBe(1);
  expect(at(44, END)?.socket).toBe(1);
  expect(at(20, END)?.socket).toBe(2);
});

it("takes a function of the library for one call, whatever it calls", () => {
  const found = lines.of("client").filter(({ place }) => place === "echo_client.c:15");
  expect(found.map(({ name, call }) => [name, call])).toEqual([["getaddrinfo", 0]]);
  expect(found[0] && standingAt(found[0], END)).toBe("done");
});

it("knows where a host's program stands, and that it has ended", () => {
  expect(lines.standing("client", 60)?.place).toBe("echo_client.c:24");
  expect(lines.standing("server", 140)?.name).toBe("write");
  expect(lines.standing("server", END)?.name).toBe("accept");
  expect(lines.standing("client", END)).toBeNull();
  expect(lines.endsOf("client", END)).toMatchObject([{ task: 1, status: 0, signal: null }]);
});

it("finds the call of an event", () => {
  for (const seq of [39, 50, 79]) expect(lines.atEvent(seq)?.name).toBe("connect");
  const connect = lines.atEvent(39);
  expect(connect && [38, 39, 50, 79].map((seq) => standingAt(connect, seq))).toEqual([
    "later",
    "runs",
    "waits",
    "done",
  ]);
  expect(connect && standingSince(connect, 60)).toBe(50);
});
