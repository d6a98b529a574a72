import { expect, it } from "vitest";
import { Timeline } from "../src/trace/timeline.ts";
import { Waits } from "../src/trace/waits.ts";
import { bitSets, epollLists, lookedRows } from "../src/views/waiting-layout.ts";
import { FILE } from "./fixtures/exchange.ts";
import { TraceWriter } from "./fixtures/writer.ts";

const [IN, OUT, HUP] = [1, 4, 0x10];

/** A select that sleeps and is woken, and an epoll_wait that finds one of two. */
function trace(): TraceWriter {
  const w = new TraceWriter();
  const call = { task: 1, call: 1, fd: -1, name: "select", text: "select(5, [3, 4], [4], [], NULL)" };
  const entered = w.at(0, "server", 0, { type: "CallEntered", ...call });
  const looked = (found: number) => [
    { fd: 3, asked: IN | HUP, found },
    { fd: 4, asked: IN | OUT | HUP, found: 0 },
  ];
  const scan = { task: 1, call: 1, walked: 5, scanned: 2, leftOut: 0 };
  w.at(0, "server", entered, { type: "ReadinessScanned", ...scan, ready: 0, looked: looked(0) });
  w.at(0, "server", entered, { type: "CallBlocked", task: 1, call: 1, fd: -1, events: IN, reason: "an event" });
  const woken = w.at(5, "server", 0, { type: "TaskWoken", task: 1, call: 1, events: IN });
  w.at(5, "server", woken, { type: "ReadinessScanned", ...scan, ready: 1, looked: looked(HUP) });
  w.at(5, "server", woken, { type: "CallReturned", ...call, result: 1, toKernel: 16, toUser: 16 });

  w.at(6, "server", 0, { type: "FdOpened", task: 1, fd: 9, ...FILE, socket: 0, file: 7, object: "epoll" });
  const interest = { epoll: 7, change: "added", events: IN, file: 2 };
  w.at(6, "server", 0, { type: "InterestChanged", ...interest, fd: 3, data: 3 });
  w.at(6, "server", 0, { type: "InterestChanged", ...interest, fd: 4, file: 3, data: 4 });
  w.at(7, "server", 0, { type: "ReadyListChanged", epoll: 7, ready: [{ fd: 4, file: 3 }], leftOut: 0 });
  w.at(8, "server", 0, { type: "InterestChanged", ...interest, change: "disarmed", fd: 4, file: 3, data: 4 });
  w.at(8, "server", 0, { type: "ReadyListChanged", epoll: 7, leftOut: 0 });
  w.at(9, "server", 0, { type: "InterestChanged", ...interest, change: "removed", fd: 3, data: 3 });
  return w;
}

function waits(): Waits {
  const all = new Waits();
  for (const event of trace().events) all.add(event);
  return all;
}

it("adds up what the waits by one mechanism have cost", () => {
  expect(waits().totals()).toEqual([
    { mechanism: "select", calls: 1, walked: 10, scanned: 4, ready: 1, woken: 1, copied: 32, switches: 1 },
  ]);
});

it("finds the wait that a task is in, or was in last, at any event", () => {
  expect(waits().at(0)).toEqual([]);
  expect(waits().at(2)[0]?.entered.seq).toBe(1);
  expect(waits().at(13)[0]?.scans).toHaveLength(2);
});

it("shows select's sets bit by bit: one that hangs up is ready for reading", () => {
  const scan = waits().at(6)[0]?.scans.at(-1);
  const { columns, more } = bitSets(scan?.looked ?? [], scan?.walked ?? 0);
  expect(columns.map(({ fd }) => fd)).toEqual([0, 1, 2, 3, 4]);
  expect(columns[3]?.bits.map(({ asked, found }) => [asked, found])).toEqual([
    [true, true],
    [false, false],
    [false, false],
  ]);
  expect(columns[4]?.bits.map(({ asked }) => asked)).toEqual([true, true, false]);
  expect(more).toBe(0);
});

it("shows those that were asked for where there are too many bits", () => {
  expect(bitSets([{ fd: 900, asked: IN, found: 0 }], 901)).toMatchObject({ columns: [{ fd: 900 }], more: 900 });
});

it("follows the lists of an epoll instance", () => {
  const line = new Timeline();
  line.append(trace().events);
  const lists = (seq: number) => {
    const host = line.stateAt(seq).hosts.get("server");
    return host ? epollLists(host, 1, 9) : null;
  };
  expect(lists(9)?.interests.map(({ fd, events, place }) => [fd, events, place])).toEqual([
    [3, "EPOLLIN", -1],
    [4, "EPOLLIN", -1],
  ]);
  expect(lists(10)).toMatchObject({ ready: [4], interests: [{ place: -1 }, { place: 0 }] });
  expect(lists(12)).toMatchObject({ ready: [], interests: [{}, { events: "disarmed (EPOLLONESHOT)" }] });
  expect(lists(13)?.interests.map(({ fd }) => fd)).toEqual([4]);
});

it("says of each entry of an array what was asked for and what was found", () => {
  const rows = lookedRows(
    [
      { fd: 3, asked: IN, found: IN },
      { fd: -1, asked: 0, found: 0 },
    ],
    "poll",
  );
  expect(rows.map(({ asked, found, passed }) => [asked, found, passed])).toEqual([
    ["POLLIN", "POLLIN", false],
    ["0", "0", true],
  ]);
});
