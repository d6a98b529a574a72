import { beforeEach, describe, expect, it } from "vitest";
import { Breakpoints } from "../src/islands/breakpoints.ts";
import { type DebuggedBench, Debugging, isDebugAct } from "../src/islands/debugging.ts";
import { Recording } from "../src/islands/recording.ts";
import { threadServer } from "./fixtures/programs.ts";

const EVENTS = threadServer();
const END = EVENTS.length;

/** A bench that has recorded a run so far, and writes down what it is asked. */
class FakeBench implements DebuggedBench {
  readonly recording = new Recording();
  typing = true;
  readonly lines: string[] = [];
  moves = 0;
  #answered: ((lastSeq: number | null) => void) | undefined;

  constructor(until: number) {
    this.recording.append(EVENTS.slice(0, until));
  }

  control(line: string, answered?: (lastSeq: number | null) => void): void {
    this.lines.push(line);
    this.#answered = answered;
  }

  moved(): void {
    this.moves += 1;
  }

  answer(lastSeq: number | null): void {
    this.#answered?.(lastSeq);
  }

  /** More of the run comes in. */
  append(until: number): void {
    this.recording.append(EVENTS.slice(this.recording.lastSeq, until));
  }
}

let breakpoints: Breakpoints;

beforeEach(() => {
  localStorage.clear();
  breakpoints = new Breakpoints(localStorage, "lab");
});

function debugging(bench: DebuggedBench, host = "server"): Debugging {
  const made = new Debugging(bench, breakpoints);
  made.host = host;
  return made;
}

const stopAt = (line: number) => breakpoints.toggle("server", "thread_server.c", { line, built: line });

it("knows its acts", () => {
  expect(isDebugAct("line-after")).toBe(true);
  expect(isDebugAct("step")).toBe(false);
});

describe("in what is recorded", () => {
  it("goes on and back by the lines of the task at the cursor", () => {
    const bench = new FakeBench(END);
    const debugged = debugging(bench);
    bench.recording.goTo(7);
    const stops = [11, 18, 119, 124].map((seq) => {
      debugged.act("line-after");
      return [bench.recording.cursor, seq];
    });
    for (const [cursor, seq] of stops) expect(cursor).toBe(seq);
    debugged.act("line-before");
    expect(bench.recording.cursor).toBe(119);
    expect(debugged.stoppedAt).toBe(119);
    expect(bench.lines).toEqual([]);
  });

  it("stays with a thread once the cursor is in a call of it", () => {
    const bench = new FakeBench(END);
    const debugged = debugging(bench);
    bench.recording.goTo(122);
    debugged.act("line-after");
    expect(bench.recording.cursor).toBe(138);
  });

  it("goes by calls to where they are made and where they return", () => {
    const bench = new FakeBench(END);
    const debugged = debugging(bench, "client");
    bench.recording.goTo(39);
    const cursors = [1, 2, 3].map(() => {
      debugged.act("own-call-after");
      return bench.recording.cursor;
    });
    expect(cursors).toEqual([79, 80, 88]);
    debugged.act("own-call-before");
    expect(bench.recording.cursor).toBe(80);
  });

  it("goes to breakpoints and says which", () => {
    stopAt(20);
    const bench = new FakeBench(END);
    const debugged = debugging(bench);
    bench.recording.goTo(1);
    debugged.act("break-after");
    expect(bench.recording.cursor).toBe(138);
    expect(debugged.said).toBe("Breakpoint: thread_server.c:20, write().");
    debugged.act("break-before");
    expect(bench.recording.cursor).toBe(138);
    expect(debugged.said).toBe("There is nothing before.");
  });

  it("says that there is no breakpoint, and sets one by its key", () => {
    const bench = new FakeBench(END);
    const debugged = debugging(bench);
    debugged.act("break-after");
    expect(debugged.said).toContain("There is no breakpoint");
    let toggled = 0;
    debugged.toggle = () => {
      toggled += 1;
    };
    debugged.act("breakpoint");
    expect([toggled, debugged.said]).toEqual([1, ""]);
  });

  it("goes no further where nothing can be typed", () => {
    const bench = new FakeBench(END);
    bench.typing = false;
    const debugged = debugging(bench);
    bench.recording.goTo(END);
    debugged.act("line-after");
    expect(bench.lines).toEqual([]);
    expect(debugged.said).toBe("There is nothing further.");
  });
});

describe("behind the end of what is recorded", () => {
  it("lets the run go on to the task's next line, and stops there although more has come", () => {
    const bench = new FakeBench(20);
    const debugged = debugging(bench);
    bench.recording.goTo(19);
    debugged.act("line-after");
    expect(bench.lines).toEqual([
      "run until server CallEntered task=1 place=* | server FunctionEntered task=1 place=*",
    ]);
    bench.answer(125);
    bench.append(100);
    debugged.arrived();
    expect(debugged.stoppedAt).toBe(0);
    bench.append(125);
    debugged.arrived();
    expect(bench.recording.cursor).toBe(119);
    expect(debugged.stoppedAt).toBe(119);
  });

  it("says where the program is stuck if the line does not come", () => {
    const bench = new FakeBench(20);
    const debugged = debugging(bench);
    bench.recording.goTo(19);
    debugged.act("line-after");
    bench.answer(null);
    expect(debugged.said).toBe("server is in accept() at thread_server.c:44, and nothing that is under way ends that.");
    const ended = debugging(new FakeBench(END), "client");
    const other = new FakeBench(END);
    const client = debugging(other, "client");
    client.act("line-after");
    other.answer(null);
    expect(client.said).toBe("The program of client has ended.");
    expect(ended.said).toBe("");
    const none = new FakeBench(1);
    const nobody = debugging(none);
    nobody.act("own-call-after");
    none.answer(null);
    expect(nobody.said).toBe("No program has begun on server.");
  });

  it("runs to a breakpoint, and on to the end where none is reached", () => {
    stopAt(20);
    const bench = new FakeBench(20);
    const debugged = debugging(bench);
    debugged.run();
    expect(bench.lines).toEqual([
      'run until server CallEntered place="thread_server.c:20" | server FunctionEntered place="thread_server.c:20"',
    ]);
    bench.answer(null);
    expect(bench.lines[1]).toBe("run");
    expect(debugged.said).toBe("No breakpoint is reached: run until nothing is under way.");
  });

  it("runs without a breakpoint until nothing is under way", () => {
    const bench = new FakeBench(20);
    debugging(bench).run();
    expect(bench.lines).toEqual(["run"]);
  });

  it("stops at a breakpoint that a line of input brings about, once and no more", () => {
    stopAt(20);
    const bench = new FakeBench(118);
    const debugged = debugging(bench);
    debugged.control("exec client echo_client server 7777");
    bench.answer(160);
    bench.append(160);
    debugged.arrived();
    expect(bench.recording.cursor).toBe(138);
    bench.recording.goTo(7);
    bench.append(END);
    debugged.arrived();
    expect(bench.recording.cursor).toBe(7);
  });
});
