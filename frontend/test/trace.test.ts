import { expect, it } from "vitest";
import { nanos } from "../src/base/time.ts";
import { decodeBatch, encodeBatch, MalformedBatch } from "../src/trace/batch.ts";
import type { TraceEvent } from "../src/trace/events.ts";
import { reduce } from "../src/trace/reduce.ts";
import { sentence } from "../src/trace/sentences.ts";
import { NOTHING_YET } from "../src/trace/state.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { causeChain, TraceIndex } from "../src/trace/trace-index.ts";
import { fdsOf } from "../src/views/host-panel.ts";
import { exchange, FILE } from "./fixtures/exchange.ts";

const events = exchange();

function timeline(): Timeline {
  const line = new Timeline();
  line.append(events);
  return line;
}

function seqOf(type: string, nth = 0): number {
  return events.filter((event) => event.type === type)[nth]?.seq ?? 0;
}

it("reads the batch it has written", () => {
  expect(decodeBatch(encodeBatch(3, events))).toEqual({ frame: 3, events });
});

it("refuses a batch whose header and lines do not agree", () => {
  const frame = encodeBatch(1, events);
  new DataView(frame).setUint32(12, events.length + 1);
  expect(() => decodeBatch(frame)).toThrow(MalformedBatch);
  expect(() => decodeBatch(new ArrayBuffer(4))).toThrow(MalformedBatch);
});

it("changes no state that it has given before", () => {
  const line = timeline();
  const early = line.stateAt(40);
  const told = JSON.stringify(early, maps);
  line.stateAt(events.length - 1);
  line.append([{ ...(events.at(-1) as TraceEvent), seq: events.length + 1 }]);
  expect(JSON.stringify(early, maps)).toBe(told);
  expect(line.stateAt(40)).toEqual(early);
});

const maps = (_: string, value: unknown): unknown => (value instanceof Map ? [...value] : value);

it("gives every event the state that a replay from the start gives it", () => {
  const line = timeline();
  const order = [events.length, 3, 40, 17, 41, 0];
  for (const seq of order) {
    expect(line.stateAt(seq)).toEqual(events.slice(0, seq).reduce(reduce, NOTHING_YET));
  }
});

it("passes over what it has and stops at a hole", () => {
  const line = new Timeline();
  expect(line.append(events.slice(0, 10))).toBe(true);
  expect(line.append(events.slice(5, 12))).toBe(true);
  expect(line.append(events.slice(14))).toBe(false);
  expect(line.lastSeq).toBe(12);
});

it("moves a connection from the SYN queue to the accept queue and out of it", () => {
  const line = timeline();
  const queues = (seq: number) => line.stateAt(seq).hosts.get("server")?.sockets.get(1)?.queues;
  expect(queues(seqOf("ListenQueuesChanged", 1))).toMatchObject({ synQueue: 1, acceptQueue: 0, syn: [{ child: 2 }] });
  expect(queues(seqOf("ListenQueuesChanged", 2))).toMatchObject({ synQueue: 0, accept: [{ child: 2 }] });
  expect(queues(events.length)).toMatchObject({ acceptQueue: 0, accept: [] });
});

it("follows causes from the ACK back to the call that opened", () => {
  const index = new TraceIndex();
  for (const event of events) index.add(event);
  const last = events.find((event) => event.type === "StateChanged" && event.from === "SYN_RECEIVED");
  if (!last) throw new Error("the exchange has no such event");
  const types = causeChain(last, (seq) => events[seq - 1]).map((event) => event.type);
  expect(types.at(-1)).toBe("CallEntered");
  expect(types.filter((type) => type === "SegmentSent")).toHaveLength(3);
});

it("says what happened in a sentence", () => {
  const index = new TraceIndex();
  for (const event of events) index.add(event);
  const say = (seq: number) => {
    const event = events[seq - 1];
    return event && sentence(event, index);
  };
  expect(say(seqOf("SegmentSent"))).toBe("client sends SYN 0:0(0) to server.");
  expect(say(seqOf("PacketDropped"))).toContain("is dropped: lost on the link.");
  expect(say(seqOf("CallBlocked"))).toBe("connect() of client has to wait: the connection to be established.");
});

it("lets a socket's error wait until a call has told it", () => {
  const stamp = { at: nanos(0), host: "client", cause: 0 };
  const told = [
    { type: "SocketCreated", seq: 1, ...stamp, socket: 1, protocol: "udp", parent: 0 },
    { type: "FdOpened", seq: 2, ...stamp, task: 1, fd: 3, socket: 1, ...FILE },
    { type: "SocketError", seq: 3, ...stamp, socket: 1, errno: "ECONNREFUSED" },
    {
      type: "CallReturned",
      seq: 4,
      ...stamp,
      task: 1,
      call: 1,
      name: "send",
      fd: 3,
      result: -1,
      errno: "ECONNREFUSED",
      text: "",
      toKernel: 0,
      toUser: 0,
    },
  ] as const;
  const line = new Timeline();
  line.append(told);
  const error = (seq: number) => line.stateAt(seq).hosts.get("client")?.sockets.get(1)?.error;
  expect([error(3), error(4)]).toEqual(["ECONNREFUSED", null]);
});

it("keeps the descriptors of each process apart", () => {
  const stamp = { at: nanos(0), host: "server", cause: 0 };
  const told = [
    { type: "SocketCreated", seq: 1, ...stamp, socket: 1, protocol: "tcp", parent: 0 },
    { type: "FdOpened", seq: 2, ...stamp, task: 1, fd: 3, socket: 1, ...FILE },
    { type: "TaskStarted", seq: 3, ...stamp, task: 101, process: 101, pid: 101, by: 1 },
    { type: "FdOpened", seq: 4, ...stamp, task: 101, fd: 3, socket: 1, ...FILE },
    { type: "FdClosed", seq: 5, ...stamp, task: 1, fd: 3, socket: 1 },
    { type: "ProcessExited", seq: 6, ...stamp, task: 101, process: 101, status: 0 },
    { type: "FdClosed", seq: 7, ...stamp, task: 101, fd: 3, socket: 1 },
  ] as const;
  const line = new Timeline();
  line.append(told);
  const fds = (seq: number) => {
    const host = line.stateAt(seq).hosts.get("server");
    const socket = host?.sockets.get(1);
    return host && socket ? fdsOf(host, socket) : [];
  };
  expect([fds(2), fds(4), fds(5), fds(7)]).toEqual([["3"], ["3", "3 of 101"], ["3 of 101"], []]);
  expect([...(line.stateAt(6).hosts.get("server")?.tasks.keys() ?? [])]).toEqual([]);
});
