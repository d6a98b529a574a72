import { expect, it } from "vitest";
import type { Remark } from "../src/api/frames.ts";
import { remarkBeside, remarkMarks, remarkRows } from "../src/islands/program-remarks.ts";
import { Recording } from "../src/islands/recording.ts";
import type { TraceEvent } from "../src/trace/events.ts";

const stamp = (seq: number, host = "server") => ({ seq, at: "0", host, cause: 0 });
const entered = (seq: number, host: string, name: string, place: string) => ({
  ...{ type: "CallEntered", ...stamp(seq, host), task: 1, call: seq, name, fd: 3, text: `${name}(3)`, place },
});

/** Both wait; the server's program ends, and another is started. */
const EVENTS = [
  entered(1, "server", "recv", "server.c:41"),
  entered(2, "client", "recv", "client.c:30"),
  { type: "ProcessExited", ...stamp(3), task: 1, process: 1, status: 0 },
  { type: "TaskStarted", ...stamp(4), task: 1, process: 1, pid: 1001, by: 0 },
  entered(5, "server", "recv", "server.c:41"),
] as unknown as TraceEvent[];

const DEADLOCK: Remark = {
  ...{
    id: "deadlock",
    host: "server",
    place: "server.c:41",
    text: "Both ends wait",
    lesson: "Say who speaks",
    event: 1,
  },
  related: [{ host: "client", place: "client.c:30", text: "waits in recv()", event: 2 }],
};

const FILES = (host: string) => (host === "server" ? ["server.c"] : []);

function recorded(events: number, cursor: number): Recording {
  const recording = new Recording();
  recording.append(EVENTS.slice(0, events));
  recording.goTo(cursor);
  return recording;
}

const rows = (host: string, recording: Recording) => remarkRows([DEADLOCK], host, recording, FILES);

it("tells both hosts of a deadlock, with the lines and events of both", () => {
  const recording = recorded(2, 2);
  expect(rows("client", recording)).toEqual(rows("server", recording));
  expect(rows("client", recording)[0]?.parts).toMatchObject([
    { host: "server", place: "server.c:41", open: true, seq: 1 },
    { host: "client", place: "client.c:30", open: false, seq: 2 },
  ]);
  expect(rows("router", recording)).toEqual([]);
});

it("marks the line of the host that is shown, and leads to its own event first", () => {
  const recording = recorded(2, 2);
  expect(remarkMarks(rows("client", recording), "client", "client.c")).toMatchObject([
    { line: 30, later: false, events: [2, 1] },
  ]);
  expect(remarkMarks(rows("client", recording), "client", "util.c")).toEqual([]);
});

it("tells what the cursor has not come to from what it has", () => {
  expect(rows("server", recorded(2, 1))[0]?.when).toBe("now");
  expect(rows("server", recorded(2, 0))[0]?.when).toBe("later");
});

it("marks nothing of a program that has ended, once another was started on its host", () => {
  expect(rows("server", recorded(3, 3))[0]?.when).toBe("now");
  const recording = recorded(5, 5);
  expect(rows("server", recording)[0]?.when).toBe("earlier");
  expect(remarkMarks(rows("server", recording), "server", "server.c")).toEqual([]);
});

it("leads from line to line by keys, and round", () => {
  const leak: Remark = {
    ...{ id: "leak", host: "server", place: "server.c:9", text: "It left 3 open", lesson: "Close it", event: 3 },
    related: [],
  };
  const other: Remark = { ...leak, place: "server.c:41", text: "And 4" };
  const recording = recorded(2, 2);
  const all = remarkRows([DEADLOCK, leak, other], "server", recording, FILES);
  const from = (place: string, by: -1 | 1) => remarkBeside(all, "server", place, by);
  expect(from("server.c:1", 1)).toEqual({
    place: "server.c:9",
    said: "Remark 1 of 2, server.c:9: It left 3 open Close it",
  });
  expect(from("server.c:9", 1)?.said).toBe("Remark 2 of 2, server.c:41: Both ends wait Say who speaks And 4 Close it");
  expect(from("server.c:41", 1)?.place).toBe("server.c:9");
  expect(from("server.c:9", -1)?.place).toBe("server.c:41");
  expect(from("", 1)?.place).toBe("server.c:9");
  expect(remarkBeside(all, "client", "client.c:1", 1)).toBeNull(); // its file is not open here
  expect(remarkBeside([], "server", "server.c:1", 1)).toBeNull();
});
