import { describe, expect, it } from "vitest";
import type { TraceEvent } from "../src/trace/events.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { asJson, EVERYTHING, KINDS, matches } from "../src/views/log-layout.ts";
import { memory } from "../src/views/memory-layout.ts";
import { exchange } from "./fixtures/exchange.ts";
import { TraceWriter } from "./fixtures/writer.ts";

const events = exchange();
const found = (query: Partial<typeof EVERYTHING>): readonly TraceEvent[] =>
  events.filter((event) => matches(event, { ...EVERYTHING, ...query }, () => "nothing to be found"));

describe("the log", () => {
  it("is everything, if nothing is asked for", () => {
    expect(found({})).toEqual(events);
  });

  it("is looked through by host, kind and text together", () => {
    const drops = found({ kind: "drops" });
    expect(drops.map(({ type }) => type)).toEqual(["PacketDropped"]);
    expect(found({ host: "server" }).every(({ host }) => host === "server")).toBe(true);
    expect(found({ text: "active_open" }).map(({ rule }) => rule)).toEqual(["RFC9293.ACTIVE_OPEN"]);
    expect(found({ host: "client", kind: "timers", text: "timerset" }).length).toBeGreaterThan(0);
    expect(found({ text: "to be found" })).toEqual(events);
  });

  it("has a kind for every event but the beginnings", () => {
    const without = events.filter(({ type }) => !KINDS.some(({ pattern }) => pattern.test(type)));
    expect(new Set(without.map(({ type }) => type))).toEqual(new Set(["HostStarted"]));
  });

  it("tells an event as the trace has it", () => {
    expect(JSON.parse(asJson(events[7] as TraceEvent))).toEqual(events[7]);
  });
});

describe("memory", () => {
  it("is what the kernel charges, and says how much of it is data", () => {
    const w = new TraceWriter();
    w.network(10, { client: "10.0.0.1", server: "10.0.0.2" });
    w.at(0, "server", 0, { type: "SocketCreated", socket: 1, protocol: "udp", parent: 0 });
    const queue = { socket: 1, readable: 100, outOfOrder: 0, datagrams: 1, size: 4096, memory: 832 };
    w.at(1, "server", 0, { type: "ReceiveBufferChanged", ...queue });
    const timeline = new Timeline();
    timeline.append(w.events);
    const server = memory(timeline.latest).find(({ host }) => host === "server");
    expect(server?.total).toBe(832);
    expect(server?.sockets[0]?.uses[0]).toMatchObject({
      used: 832,
      limit: 4096,
      share: 832 / 4096,
      note: "100 of data and 732 for headers and unused room, 8.3 times as much",
    });
  });

  it("shows the rings of each card", () => {
    const timeline = new Timeline();
    timeline.append(events);
    const client = memory(timeline.stateAt(events.length)).find(({ host }) => host === "client");
    expect(client?.rings[0]).toMatchObject({ name: "eth0" });
    expect(client?.rings[0]?.uses.map(({ name }) => name)).toContain("TX ring");
  });
});
