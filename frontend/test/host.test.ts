import { expect, it } from "vitest";
import { hexLines, sliceBase64 } from "../src/base/octets.ts";
import { nanos } from "../src/base/time.ts";
import { newHost, newSocket, type SocketState } from "../src/trace/state.ts";
import { Streams } from "../src/trace/streams.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { descriptorRows } from "../src/views/descriptor-table.ts";
import { idleNames } from "../src/views/host-panel.ts";
import { rxWindow, txWindow } from "../src/views/ring-layout.ts";
import { receiveStrip, type Strip, sendStrip } from "../src/views/strip-layout.ts";
import { tcbGroups } from "../src/views/tcb-table.ts";
import { sleepersOn } from "../src/views/wait-queue.ts";
import { exchange, FILE } from "./fixtures/exchange.ts";
import { TraceWriter } from "./fixtures/writer.ts";

const ISS = 4_294_967_000; // so that sequence numbers wrap

function connection(change: Partial<SocketState>): SocketState {
  const tcb = { "snd.iss": ISS, "snd.una": (ISS + 101) % 2 ** 32, "rcv.irs": ISS, "rcv.nxt": (ISS + 1001) % 2 ** 32 };
  return { ...newSocket(1, "tcp", 0), state: "ESTABLISHED", tcb: { ...tcb, "rcv.wnd": 5000 }, ...change };
}

function ranges(strip: Strip | null): unknown[] | undefined {
  return strip?.parts.map(({ kind, from, octets }) => [kind, from, octets]);
}

it("cuts the send buffer into what is through, what is on its way and what waits", () => {
  const strip = sendStrip(connection({ sendBuffer: { unacknowledged: 300, unsent: 200, size: 4000, memory: 0 } }));
  expect(ranges(strip)).toEqual([
    ["acknowledged", 1, 100],
    ["unacknowledged", 101, 300],
    ["unsent", 401, 200],
    ["free", null, 3500],
  ]);
  expect(strip?.parts.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
});

it("names tasks that are in no call together", () => {
  expect(idleNames([1, 2, 3].map((number) => ({ number })))).toBe("tasks 1, 2, 3");
  expect(idleNames([{ number: 4 }])).toBe("task 4");
});

const BUFFER = { readable: 400, outOfOrder: 150, datagrams: 0, size: 9000, memory: 0, queued: [] };

it("shows what lies ahead of a hole, and the hole", () => {
  const ahead = [
    { from: 1101, end: 1201 },
    { from: 1301, end: 1351 },
  ];
  expect(ranges(receiveStrip(connection({ receiveBuffer: { ...BUFFER, ahead } })))).toEqual([
    ["read", 1, 600],
    ["readable", 601, 400],
    ["hole", 1001, 100],
    ["out-of-order", 1101, 100],
    ["hole", 1201, 100],
    ["out-of-order", 1301, 50],
    ["free", 1351, 4650],
  ]);
});

it("counts a FIN that has come as no octet of the stream", () => {
  const path = [{ from: "ESTABLISHED", to: "CLOSE_WAIT", seq: 9 }];
  const strip = receiveStrip(connection({ path, receiveBuffer: { ...BUFFER, outOfOrder: 0, ahead: [] } }));
  expect(ranges(strip)?.slice(0, 2)).toEqual([
    ["read", 1, 599],
    ["readable", 600, 400],
  ]);
});

const base64 = (text: string) => btoa(text);

function writes(): TraceWriter {
  const w = new TraceWriter();
  const call = { task: 1, fd: 3, name: "send", text: "send(3, …)" };
  w.at(0, "client", 0, { type: "FdOpened", task: 1, fd: 3, ...FILE, socket: 1 });
  w.at(1, "client", 0, { type: "CallEntered", ...call, call: 1, data: base64("hello, world") });
  w.at(2, "client", 2, { type: "CallReturned", ...call, call: 1, result: 5, toKernel: 5, toUser: 0 });
  w.at(3, "client", 0, { type: "CallEntered", ...call, call: 2, data: base64("peer") });
  w.at(4, "client", 4, { type: "CallReturned", ...call, call: 2, result: -1, toKernel: 0, toUser: 0 });
  w.at(5, "client", 0, { type: "CallEntered", ...call, call: 3, data: base64(" there") });
  return w;
}

it("knows each octet of a stream by the calls that wrote it: a short write, one that failed, one that waits", () => {
  const streams = new Streams();
  for (const event of writes().events) streams.add(event);
  const text = (from: number, end: number) => {
    const octets = streams.octets("client", 1, from, end);
    return octets && new TextDecoder().decode(octets);
  };
  expect([text(0, 5), text(3, 8), text(0, 11)]).toEqual(["hello", "lo th", "hello there"]);
  expect(text(8, 12)).toBeNull();
  expect(streams.octets("client", 2, 0, 1)).toBeNull();
});

it("reads octets out of the midst of base64", () => {
  const text = "abcdefghijk";
  for (let from = 0; from < text.length; from++) {
    for (let end = from + 1; end <= text.length; end++) {
      expect(new TextDecoder().decode(sliceBase64(base64(text), from, end))).toBe(text.slice(from, end));
    }
  }
  expect(hexLines(new TextEncoder().encode("hi\n"))).toEqual([{ hex: "68 69 0a", text: "hi·" }]);
});

it("shows the RX ring's packets before its head, and the TX ring's behind it", () => {
  expect(
    rxWindow(6, 1, 5, 2)
      .cells.filter(({ full }) => full)
      .map(({ place }) => place),
  ).toEqual([5, 0]);
  const tx = txWindow(256, 254, 1, 4);
  expect(tx.cells.filter(({ full }) => full).map(({ place, owner }) => [place, owner])).toEqual([
    [253, "driver"],
    [254, "device"],
    [255, "device"],
    [0, "device"],
  ]);
  expect(tx.more).toBe(236);
});

it("says which numbers share an open file", () => {
  const to = { ...FILE, socket: 1 };
  const host = {
    ...newHost("server"),
    fds: new Map([
      [3, to],
      [5, to],
    ]),
    forks: new Map([[101, new Map([[3, to]])]]),
  };
  expect(descriptorRows(host).map(({ process, fd, shared }) => [process, fd, ...shared])).toEqual([
    [1, 3, "fd 5", "fd 3 of 101"],
    [1, 5, "fd 3", "fd 3 of 101"],
    [101, 3, "fd 3 of 1", "fd 5 of 1"],
  ]);
});

it("tells old values of an instant from new ones, by what they are about", () => {
  const socket = connection({ tcbChange: { at: nanos(7), before: { cwnd: 10, rto: undefined } } });
  const changed = { ...socket, tcb: { ...socket.tcb, cwnd: 11, rto: 2e8 } };
  const row = (at: number, title: string) =>
    tcbGroups(changed, nanos(at)).find((group) => group.title === title)?.rows[0];
  expect(row(7, "Congestion")).toMatchObject({ name: "cwnd", value: "11", was: "10" });
  expect(row(7, "Round trips")).toMatchObject({ name: "rto", value: "200 ms", was: "—" });
  expect(row(8, "Congestion")).toMatchObject({ name: "cwnd", value: "11", was: null });
});

it("keeps the first of the old values where several events of an instant change one", () => {
  const w = new TraceWriter();
  w.at(0, "client", 0, { type: "SocketCreated", socket: 1, protocol: "tcp", parent: 0 });
  for (const [at, cwnd] of [
    [1, 10],
    [2, 11],
    [2, 12],
  ] as const) {
    w.at(at, "client", 0, { type: "TcbChanged", socket: 1, changed: { cwnd } });
  }
  const line = new Timeline();
  line.append(w.events);
  expect(line.latest.hosts.get("client")?.sockets.get(1)?.tcbChange).toEqual({ at: 2e6, before: { cwnd: 10 } });
});

it("finds who sleeps on a socket", () => {
  const line = new Timeline();
  line.append(exchange());
  const connects = line.events.find(({ type }) => type === "CallBlocked");
  const host = line.stateAt(connects?.seq ?? 0).hosts.get(connects?.host ?? "");
  const socket = host?.sockets.get(1);
  expect(host && socket && sleepersOn(host, socket).map(({ call }) => call)).toEqual(["connect"]);
});
