import { describe, expect, it } from "vitest";
import { internetChecksum } from "../src/base/checksum.ts";
import { scrolledTo, shownRows } from "../src/base/windowed.ts";
import { FrameList } from "../src/trace/frame-list.ts";
import { completionAt, readFilter } from "../src/views/display-filter.ts";
import { bitPattern, dissect } from "../src/views/dissection.ts";
import { fieldOf, hexRows, octetsOf, pathOfOctet, treeRows } from "../src/views/field-tree-layout.ts";
import { packetLine } from "../src/views/packets-layout.ts";
import { exchange } from "./fixtures/exchange.ts";
import { TraceWriter } from "./fixtures/writer.ts";

function frames(): FrameList {
  const list = new FrameList();
  list.follow(exchange());
  return list;
}

const lines = (card = "") => frames().of(card).map(packetLine);

function numbers(filter: string): readonly number[] {
  const { test, error } = readFilter(filter);
  if (!test) throw new Error(error.message);
  return frames()
    .sent.map((row, i) => ({ row, number: i + 1 }))
    .filter(test)
    .map(({ number }) => number);
}

const fromHex = (text: string): Uint8Array =>
  Uint8Array.from(text.replace(/\s/g, "").match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** A SYN of the lab c1-handshake, seed 1, as the server hands it out. */
const SYN = fromHex(`
  020000000002 020000000001 0800
  4500003c 00004000 400694b8 0a00c901 0a00c902
  8b38 6867 918a01b0 00000000 a002 faf0 652b 0000
  020405b4 0402080a 2bbf8f43 00000000 01 03030a`);

describe("the list of packets", () => {
  it("has a line a packet, as Wireshark writes it", () => {
    const [syn, synAck, ack] = lines();
    expect(syn?.info).toBe("40000 → 8080 [SYN] Seq=0 Win=64240 Len=0 MSS=1460 SACK_PERM");
    expect(syn).toMatchObject({
      source: "10.0.1.1",
      destination: "10.0.1.2",
      protocol: "TCP",
      kind: "syn",
      time: "0.005000",
    });
    expect(synAck?.info).toContain("8080 → 40000 [SYN, ACK] Seq=0 Ack=1");
    expect(ack?.info).toContain("[ACK] Seq=1 Ack=1");
  });

  it("marks what was lost and what was sent again", () => {
    const marked = lines().filter(({ marks }) => marks.length > 0);
    expect(marked.map(({ marks }) => marks)).toEqual([["lost"], ["retransmission"]]);
    expect(marked[1]?.info).toMatch(/^\[TCP Retransmission\] 40000 → 8080 \[PSH, ACK\] Seq=1 /);
  });

  it("can be that of one card, which sees what it sends and what it gets", () => {
    const list = frames();
    expect(list.cards).toEqual(["client.eth0", "server.eth0"]);
    const seen = list.of("server.eth0");
    expect(seen[0]).toMatchObject({ outgoing: false, packet: 1 });
    expect(seen[1]).toMatchObject({ outgoing: true });
    expect(seen.some((row) => row.drop)).toBe(false);
  });

  it("marks what goes up to the edge of the window, and nothing that stays within", () => {
    const list = new FrameList();
    const w = new TraceWriter();
    w.network(20, { client: "10.0.1.1", server: "10.0.1.2" });
    const ends = { src: "10.0.1.1:40000", dst: "10.0.1.2:8080", socket: 1 };
    const other = { src: ends.dst, dst: ends.src, socket: 2 };
    const to = (name: string) => ({ to: name, delayMs: 20 });
    const ack = w.send(0, "server", 0, { ...other, flags: ".", relSeq: 1, relAck: 1, window: 300 }, to("client"));
    const before = w.send(1, "client", 0, { ...ends, flags: ".", relSeq: 1, relAck: 1, length: 300 }, to("server"));
    w.receive(20, "client", ack.seq, ack.packet, 1);
    const within = w.send(21, "client", 0, { ...ends, flags: ".", relSeq: 1, relAck: 1, length: 200 }, to("server"));
    const full = w.send(22, "client", 0, { ...ends, flags: ".", relSeq: 201, relAck: 1, length: 100 }, to("server"));
    list.follow(w.events);
    const said = list.of("client.eth0").filter(({ outgoing }) => outgoing);
    expect(said.map(({ packet, fillsWindow }) => [packet, fillsWindow])).toEqual([
      [before.packet, false], // this card has seen no window yet
      [within.packet, false],
      [full.packet, true],
    ]);
    expect(said.map(packetLine)[2]).toMatchObject({ info: expect.stringMatching(/^\[TCP Window Full\] /) });
  });

  it("is added to, and never gone over again", () => {
    const events = exchange();
    const list = new FrameList();
    for (let i = 1; i <= events.length; i += 1) list.follow(events.slice(0, i));
    expect(list.sent).toEqual(frames().sent);
  });
});

describe("a filter", () => {
  it.each([
    ["tcp.flags.syn == 1", [1, 2]],
    ["tcp.flags.syn == 1 && ip.src == 10.0.1.1", [1]],
    ["tcp.flags.syn == 1 and not tcp.flags.ack == 1", [1]],
    ["frame.number <= 2 or frame.number == 0x4", [1, 2, 4]],
    ["!(frame.number > 1)", [1]],
    ["tcp.analysis.retransmission && tcp.len > 0", [5]],
    ["ip.addr == 10.0.0.0/16 && frame.number < 2", [1]],
    ["ip.src != 10.0.1.1 && frame.number < 3", [2]],
    ["tcp.port == 8080 && frame.number eq 3", [3]],
    ["udp || icmp || ipv6", []],
    ['frame.interface_name contains "server" && frame.number < 4', [2]],
  ])("%s", (filter, expected) => {
    expect(numbers(filter)).toEqual(expected);
  });

  it.each([
    ["tcp.flags.sin == 1", 0, "no field is called tcp.flags.sin"],
    ["tcp.len > many", 10, "expected a number for tcp.len, found many"],
    ["tcp && (udp", 11, "expected ), found the end"],
    ["tcp udp", 4, "expected && or ||, found udp"],
    ["ip.src == 10.0.0.300", 10, "expected an address for ip.src, such as 10.0.0.1"],
    ["tcp == 1", 0, "tcp is a protocol: it stands alone"],
    ["tcp.len >", 9, "expected a value for tcp.len, found the end"],
    ["tcp.flags.syn == 2", 17, "expected 0 or 1 for tcp.flags.syn, found 2"],
  ])("that is wrong says where and what was expected: %s", (filter, at, message) => {
    expect(readFilter(filter).error).toMatchObject({ at, message: expect.stringContaining(message) });
  });

  it("completes the word at its end", () => {
    const { from, fields } = completionAt("tcp && tcp.flags.s");
    expect(from).toBe(7);
    expect(fields.map(({ name }) => name)).toEqual(["tcp.flags.syn"]);
  });
});

describe("a dissection", () => {
  const fields = dissect(SYN);

  it("goes down to bits", () => {
    const df = fieldOf(fields, "ip/ip.flags.df");
    expect(df?.value).toBe("set");
    expect(df && bitPattern(SYN, df)).toBe(".1.. ....");
    expect(fieldOf(fields, "tcp/tcp.flags/tcp.flags.syn")?.value).toBe("set");
    expect(fieldOf(fields, "tcp/tcp.flags/tcp.flags.ack")?.value).toBe("not set");
    expect(fieldOf(fields, "tcp/tcp.seq")?.value).toBe("2441740720");
  });

  it("knows every option, and where it stands", () => {
    const names = fieldOf(fields, "tcp/tcp.options")?.parts?.map(({ name }) => name);
    expect(names).toEqual(["Maximum segment size", "SACK permitted", "Timestamps", "No-operation", "Window scale"]);
    expect(octetsOf(fieldOf(fields, "tcp/tcp.options/option-54"))).toEqual({ from: 54, to: 58 });
  });

  it("says whether checksums are right", () => {
    expect(fieldOf(fields, "ip/ip.checksum")?.value).toBe("0x94b8 (right)");
    const changed = SYN.slice();
    changed[22] = 63;
    expect(fieldOf(dissect(changed), "ip/ip.checksum")).toMatchObject({ wrong: true });
    expect(internetChecksum(SYN.subarray(14, 34))).toBe(0);
    expect(fieldOf(fields, "tcp/tcp.checksum")?.value).toBe("0x652b (right)");
  });

  it("leaves no octet out and takes none twice", () => {
    const covered = fields.flatMap((field) => {
      const { from, to } = octetsOf(field);
      return Array.from({ length: to - from }, (_, i) => from + i);
    });
    expect(covered).toEqual(Array.from(SYN.keys()));
  });

  it("is told of what is cut short or unknown, whatever comes", () => {
    for (let length = 0; length < SYN.length; length += 1) expect(() => dissect(SYN.slice(0, length))).not.toThrow();
    expect(dissect(SYN.slice(0, 20)).at(-1)?.name).toBe("IPv4 header cut short");
  });

  it("finds the field of an octet, and the lines of what is open", () => {
    expect(pathOfOctet(fields, 22)).toBe("ip/ip.ttl");
    expect(pathOfOctet(fields, 0)).toBe("eth/eth.dst");
    expect(treeRows(fields, new Set()).map(({ path }) => path)).toEqual(["eth", "ip", "tcp"]);
    const open = treeRows(fields, new Set(["tcp", "tcp/tcp.flags"]));
    expect(open.find(({ path }) => path === "tcp/tcp.flags/tcp.flags.syn")?.level).toBe(3);
  });

  it("stands beside its octets", () => {
    const rows = hexRows(SYN);
    expect(rows).toHaveLength(5);
    expect(rows[0]).toMatchObject({ offset: "0000", first: 0 });
    expect(rows[4]?.octets).toHaveLength(10);
  });
});

describe("a long list", () => {
  it("draws what is seen, and a little around it", () => {
    expect(shownRows(20_000, 0, 240, 24)).toEqual({ first: 0, end: 22 });
    expect(shownRows(20_000, 240_000, 240, 24)).toEqual({ first: 9988, end: 10_022 });
    expect(shownRows(3, 0, 240, 24)).toEqual({ first: 0, end: 3 });
  });

  it("scrolls no further than it has to", () => {
    expect(scrolledTo(5, 0, 240, 24, 26)).toBe(0);
    expect(scrolledTo(50, 0, 240, 24, 26)).toBe(50 * 24 + 24 + 26 - 240);
    expect(scrolledTo(5, 600, 240, 24, 26)).toBe(120);
  });
});
