import { expect, it } from "vitest";
import { type BenchListener, BenchSocket } from "../src/api/bench-socket.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { exchange } from "./fixtures/exchange.ts";
import { FakeNetwork } from "./fixtures/fake-socket.ts";

function bench() {
  const network = new FakeNetwork();
  const { sockets, waits } = network;
  const heard: string[] = [];
  const timeline = new Timeline();
  const listener: BenchListener = {
    hello: () => heard.push("hello"),
    events: (events) => timeline.append(events),
    ack: (frame) => heard.push(`ack ${frame.id}`),
    refused: (frame) => heard.push(`refused ${frame.id}`),
    checks: () => heard.push("checks"),
    remarks: () => heard.push("remarks"),
    questions: ({ questions }) => heard.push(`questions ${questions.length}`),
  };
  const socket = new BenchSocket("/ws/runs/r1", "t1", () => timeline.lastSeq, listener, network);
  socket.open();
  return { socket, sockets, waits, heard, timeline, last: () => network.last };
}

const hello = { type: "hello", role: "owner", lastSeq: 0, inputs: 0, now: 0, next: null, hosts: [] };

it("asks for what follows the last event it has", () => {
  const { sockets, waits, timeline, last } = bench();
  expect(last().address).toBe("/ws/runs/r1?after=0&tab=t1");
  last().say(hello);
  last().batch(exchange().slice(0, 10));
  last().break();
  waits.at(-1)?.then();
  expect(timeline.lastSeq).toBe(10);
  expect(sockets.map((s) => s.address)).toEqual(["/ws/runs/r1?after=0&tab=t1", "/ws/runs/r1?after=10&tab=t1"]);
});

it("holds inputs back until the server has said hello", () => {
  const { socket, last } = bench();
  socket.input("c1", "client: listen(3, 5)");
  expect(last().sent).toEqual([]);
  last().say(hello);
  expect(last().sent).toEqual([{ type: "input", id: "c1", line: "client: listen(3, 5)" }]);
});

it("sends an input again under the same id if the connection broke before its acknowledgement", () => {
  const { socket, waits, heard, last } = bench();
  last().say(hello);
  socket.input("c1", "step");
  socket.input("c2", "run");
  last().say({ type: "ack", id: "c1", input: 1, lastSeq: 3, now: 0, next: null, reply: null });
  last().break();
  expect(socket.connection.value).toMatchObject({ phase: "lost", waiting: 1 });
  waits.at(-1)?.then();
  last().say(hello);
  expect(last().sent).toEqual([{ type: "input", id: "c2", line: "run" }]);
  last().say({ type: "ack", id: "c2", input: 2, lastSeq: 9, now: 0, next: null, reply: null });
  expect(socket.connection.value).toMatchObject({ phase: "open", waiting: 0 });
  expect(heard).toEqual(["hello", "ack c1", "hello", "ack c2"]);
});

it("waits twice as long after each failure, up to a limit, and starts anew once it is back", () => {
  const { waits, last } = bench();
  for (let i = 0; i < 8; i++) {
    last().break();
    waits.at(-1)?.then();
  }
  expect(waits.map((wait) => wait.ms)).toEqual([300, 600, 1200, 2400, 4800, 9600, 15000, 15000]);
  last().say(hello);
  last().break();
  expect(waits.at(-1)?.ms).toBe(300);
});

it("does not try again where the server has refused the bench for good", () => {
  const { socket, waits, last } = bench();
  last().say(hello);
  last().say({ type: "closing", reason: "there is no such run" });
  last().break(4404);
  expect(waits).toEqual([]);
  expect(socket.connection.value).toMatchObject({ phase: "closed", reason: "there is no such run" });
});

it("asks for the events that were left out", () => {
  const { timeline, last } = bench();
  const events = exchange();
  last().say(hello);
  last().batch(events.slice(0, 5));
  last().say({ type: "gap", from: 6, to: 9 });
  expect(last().sent).toEqual([{ type: "range", from: 6, to: 9 }]);
  last().batch(events.slice(9, 12));
  expect(last().sent).toHaveLength(1);
  last().batch(events.slice(5, 9));
  expect(timeline.lastSeq).toBe(12);
});
