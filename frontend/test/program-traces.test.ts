import { expect, it } from "vitest";
import { ProgramTraces } from "../src/islands/program-traces.ts";
import { Recording } from "../src/islands/recording.ts";
import type { TraceEvent } from "../src/trace/events.ts";

const stamp = (seq: number, host = "server") => ({ seq, at: "0", host, cause: 0 });

/** What a program does: a call at a line, a line of output, another call, its end. */
const EVENTS = [
  {
    type: "CallEntered",
    ...stamp(1),
    task: 1,
    call: 1,
    name: "socket",
    fd: -1,
    text: "socket()",
    place: "server.c:12",
  },
  { type: "ProgramOutput", ...stamp(2), task: 1, stream: "stdout", text: "listening\n" },
  {
    type: "CallEntered",
    ...stamp(3),
    task: 1,
    call: 2,
    name: "accept",
    fd: 3,
    text: "accept(3)",
    place: "server.c:20",
  },
  { type: "ProgramOutput", ...stamp(4, "client"), task: 1, stream: "stderr", text: "refused\n" },
  { type: "ProcessExited", ...stamp(5), task: 1, status: 0 },
] as unknown as TraceEvent[];

function recorded(cursor: number): Recording {
  const recording = new Recording();
  recording.append(EVENTS);
  recording.goTo(cursor);
  return recording;
}

it("knows where a program stands at the cursor", () => {
  const traces = new ProgramTraces();
  expect(traces.placeAt(recorded(2), "server")).toBe("server.c:12");
  expect(traces.placeAt(recorded(4), "server")).toBe("server.c:20");
  expect(traces.placeAt(recorded(5), "server")).toBe("");
  expect(traces.placeAt(recorded(5), "client")).toBe("");
});

it("has what each host's programs have printed, up to the cursor", () => {
  const traces = new ProgramTraces();
  expect(traces.printedBy(recorded(1), "server")).toEqual([]);
  expect(traces.printedBy(recorded(5), "server").map(({ text }) => text)).toEqual(["listening\n"]);
  expect(traces.printedBy(recorded(5), "client").map(({ stream }) => stream)).toEqual(["stderr"]);
});
