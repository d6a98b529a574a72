import { SECOND } from "../base/time.ts";
import type { SegmentSent } from "../trace/events.ts";
import { type FrameRow, splitEndpoint } from "../trace/frame-list.ts";
import { analysis, packetLine } from "./packets-layout.ts";

export type FieldValue = number | string | boolean;

/** A frame as a filter sees it, with its number in the list. */
export interface Filtered {
  readonly row: FrameRow;
  readonly number: number;
}

export interface FilterField {
  readonly name: string;
  readonly type: "number" | "address" | "text" | "bool" | "protocol";
  readonly help: string;
  /** What a frame has under this name; nothing if it has no such field. */
  readonly of: (frame: Filtered) => readonly FieldValue[];
}

type Read<T> = (value: T) => FieldValue | null;

function field(name: string, type: FilterField["type"], help: string, of: FilterField["of"]): FilterField {
  return { name, type, help, of };
}

const frame = (name: string, type: FilterField["type"], help: string, read: (frame: Filtered) => FieldValue) =>
  field(name, type, help, (of) => [read(of)]);

function tcp(name: string, type: FilterField["type"], help: string, read: Read<SegmentSent>): FilterField {
  return field(name, type, help, ({ row }) => one(row.content?.type === "SegmentSent" ? read(row.content) : null));
}

const flag = (name: string, letter: string, help: string): FilterField =>
  tcp(`tcp.flags.${name}`, "bool", help, ({ flags }) => flags.includes(letter));

function said(name: string, help: string): FilterField {
  return analysed(`tcp.analysis.${name}`, help, (words) => words.includes(name));
}

function analysed(name: string, help: string, is: (words: readonly string[]) => boolean): FilterField {
  return field(name, "bool", help, ({ row: { content, fillsWindow } }) =>
    content?.type === "SegmentSent" && is(analysis(content, fillsWindow)) ? [true] : [],
  );
}

const one = (value: FieldValue | null): readonly FieldValue[] => (value === null ? [] : [value]);

/** Addresses of a frame of one version of IP, `which` of its ends. */
function address(name: string, version: 4 | 6, which: readonly ("src" | "dst")[], help: string): FilterField {
  return field(name, "address", help, ({ row: { content } }) =>
    content === null
      ? []
      : which
          .map((end) => splitEndpoint(content[end]).address)
          .filter((text) => text.includes(":") === (version === 6)),
  );
}

function port(name: string, type: "SegmentSent" | "DatagramSent", which: readonly ("src" | "dst")[]): FilterField {
  return field(name, "number", `port, ${which.join(" or ")}`, ({ row: { content } }) =>
    content?.type === type ? which.flatMap((end) => one(splitEndpoint(content[end]).port)) : [],
  );
}

function protocol(name: string, help: string, is: (row: FrameRow) => boolean): FilterField {
  return field(name, "protocol", help, ({ row }) => (is(row) ? [true] : []));
}

const isIpv6 = ({ content }: FrameRow): boolean => content !== null && splitEndpoint(content.src).address.includes(":");

/** The fields that a filter can name, as Wireshark spells them. */
export const FIELDS: readonly FilterField[] = [
  protocol("tcp", "a TCP segment", (row) => row.content?.type === "SegmentSent"),
  protocol("udp", "a UDP datagram", (row) => row.content?.type === "DatagramSent"),
  protocol("icmp", "an ICMP message", (row) => row.content?.type === "IcmpSent" && !isIpv6(row)),
  protocol("icmpv6", "an ICMPv6 message", (row) => row.content?.type === "IcmpSent" && isIpv6(row)),
  protocol("ip", "an IPv4 packet", (row) => row.content !== null && !isIpv6(row)),
  protocol("ipv6", "an IPv6 packet", isIpv6),
  frame("frame.number", "number", "place in the list, from 1", ({ number }) => number),
  frame("frame.len", "number", "octets of the whole frame", ({ row }) => row.length),
  frame("frame.time_relative", "number", "seconds since the start of the run", ({ row }) => row.at / SECOND),
  frame("frame.interface_name", "text", "network card: client.eth0", ({ row }) => row.card),
  frame("frame.packet_id", "number", "number of the packet in the trace", ({ row }) => row.packet),
  field("frame.comment", "text", "what is said of it: its info and marks", ({ row }) => {
    const { info, marks } = packetLine(row);
    return [info, ...marks];
  }),
  address("ip.src", 4, ["src"], "source address"),
  address("ip.dst", 4, ["dst"], "destination address"),
  address("ip.addr", 4, ["src", "dst"], "source or destination address"),
  address("ipv6.src", 6, ["src"], "source address"),
  address("ipv6.dst", 6, ["dst"], "destination address"),
  address("ipv6.addr", 6, ["src", "dst"], "source or destination address"),
  field("ip.frag_offset", "number", "where a fragment belongs, octets", ({ row: { fragment } }) =>
    one(fragment ? fragment.offset : null),
  ),
  port("tcp.srcport", "SegmentSent", ["src"]),
  port("tcp.dstport", "SegmentSent", ["dst"]),
  port("tcp.port", "SegmentSent", ["src", "dst"]),
  port("udp.srcport", "DatagramSent", ["src"]),
  port("udp.dstport", "DatagramSent", ["dst"]),
  port("udp.port", "DatagramSent", ["src", "dst"]),
  field("udp.length", "number", "octets of header and text", ({ row: { content } }) =>
    one(content?.type === "DatagramSent" ? content.length + 8 : null),
  ),
  tcp("tcp.seq", "number", "sequence number, counted from the SYN", ({ relSeq }) => relSeq),
  tcp("tcp.seq_raw", "number", "sequence number as on the wire", ({ absSeq }) => absSeq),
  tcp("tcp.ack", "number", "acknowledgement, counted from the SYN", ({ relAck }) => (relAck < 0 ? null : relAck)),
  tcp("tcp.ack_raw", "number", "acknowledgement as on the wire", ({ relAck, absAck }) => (relAck < 0 ? null : absAck)),
  tcp("tcp.len", "number", "octets of text", ({ length }) => length),
  tcp("tcp.window_size_value", "number", "window field as on the wire", ({ window }) => window),
  field("tcp.window_size", "number", "window, scaled, octets", ({ row: { content, windowShift } }) =>
    one(content?.type === "SegmentSent" ? content.window * 2 ** (windowShift ?? 0) : null),
  ),
  field("tcp.stream", "number", "number of the connection, from 0", ({ row: { content, stream } }) =>
    one(content?.type === "SegmentSent" ? stream : null),
  ),
  field("udp.stream", "number", "number of the conversation, from 0", ({ row: { content, stream } }) =>
    one(content?.type === "DatagramSent" ? stream : null),
  ),
  flag("syn", "S", "opens a connection"),
  flag("ack", ".", "its acknowledgement counts"),
  flag("fin", "F", "the sender has sent all"),
  flag("reset", "R", "the connection is reset"),
  flag("push", "P", "the end of what a program wrote"),
  flag("urg", "U", "its urgent pointer counts"),
  flag("ece", "E", "congestion has been seen; in a SYN: ECN is spoken"),
  flag("cwr", "W", "the congestion window has been reduced"),
  tcp("tcp.options.mss_val", "number", "maximum segment size, octets", ({ options }) =>
    optionNumber(/mss (\d+)/, options),
  ),
  tcp("tcp.options.wscale.shift", "number", "shift of the window", ({ options }) =>
    optionNumber(/wscale (\d+)/, options),
  ),
  tcp("tcp.options.timestamp.tsval", "number", "timestamp", ({ options }) => optionNumber(/TS val (\d+)/, options)),
  tcp("tcp.options.sack_perm", "bool", "SACK is spoken", ({ options }) => (options.includes("sackOK") ? true : null)),
  tcp("tcp.options.sack", "bool", "says which octets came out of order", ({ options }) =>
    /sack \d/.test(options) ? true : null,
  ),
  analysed("tcp.analysis.flags", "something is remarkable about it", (words) => words.length > 0),
  said("retransmission", "sent before"),
  said("fast_retransmission", "sent again because of ACKs, not of the timer"),
  said("duplicate_ack", "acknowledges the same octet again"),
  said("zero_window", "offers no window"),
  said("window_update", "offers more, and nothing else"),
  said("window_full", "its last octet is the last that the window allows"),
  said("keep_alive", "asks whether the peer, or its window, is there"),
  field("icmp.type", "number", "type of the message", ({ row: { content } }) =>
    one(content?.type === "IcmpSent" ? content.icmpType : null),
  ),
  field("icmp.code", "number", "code of the message", ({ row: { content } }) =>
    one(content?.type === "IcmpSent" ? content.icmpCode : null),
  ),
];

function optionNumber(pattern: RegExp, options: string): number | null {
  const digits = pattern.exec(options)?.[1];
  return digits === undefined ? null : Number(digits);
}

const BY_NAME: ReadonlyMap<string, FilterField> = new Map(FIELDS.map((known) => [known.name, known]));

export const fieldNamed = (name: string): FilterField | undefined => BY_NAME.get(name);
