import { expect, it } from "vitest";
import type { Remark } from "../src/api/frames.ts";
import { remarkMarks, remarkRows } from "../src/islands/program-remarks.ts";
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
