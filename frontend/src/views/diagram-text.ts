import type { PacketSent } from "../trace/events.ts";
import type { PacketStory } from "../trace/trace-index.ts";
import { flagNames } from "../trace/wire-names.ts";

/** A call in `room` characters: cut in its arguments, so that its name and its result stay. */
export function fitCall(text: string, room: number): string {
  const whole = text.replace(/(= -1 E\w+) \(.*\)$/, "$1"); // what strerror(3) says is told elsewhere
  if (whole.length <= room) return whole;
  const open = whole.indexOf("(") + 1;
  const result = whole.lastIndexOf(") = ");
  const close = result < 0 ? whole.lastIndexOf(")") : result;
  if (open === 0 || close < open) return cut(whole, room);
  const head = whole.slice(0, open);
  const args = whole.slice(open, close);
  for (const tail of [whole.slice(close), whole.slice(close).replace("-1 ", "")]) {
    const left = room - head.length - tail.length - 1;
    if (left >= 0) return `${head}${left < 3 ? "" : args.slice(0, left)}…${tail}`;
  }
  return cut(head.slice(0, -1), room);
}

function cut(text: string, room: number): string {
  return text.length <= room ? text : `${text.slice(0, Math.max(room - 1, 1))}…`;
}

/** Addresses as a script may write them: `server:80` for `10.0.0.2:80`, `*:80` for any. */
export function withNames(text: string, addresses: ReadonlyMap<string, string>): string {
  return text.replaceAll(/\b(\d+(?:\.\d+){3}):/g, (written, address: string) => {
    if (address === "0.0.0.0") return "*:";
    for (const [host, its] of addresses) if (its.split("/")[0] === address) return `${host}:`;
    return written;
  });
}

/** The name of a packet on its arrow, and its numbers behind it. */
export interface PacketLabel {
  readonly name: string;
  readonly numbers: string;
}

export function packetLabel(story: PacketStory): PacketLabel {
  const sent = story.sent;
  if (!sent) return { name: `packet ${story.packet}`, numbers: "" };
  if (sent.packet !== story.packet) return { name: "fragment", numbers: `of packet ${sent.packet}` };
  return sentLabel(sent);
}

function sentLabel(sent: PacketSent): PacketLabel {
  switch (sent.type) {
    case "SegmentSent": {
      const parts = [`seq ${sent.relSeq}`];
      if (sent.relAck >= 0) parts.push(`ack ${sent.relAck}`);
      if (sent.length > 0) parts.push(`len ${sent.length}`);
      return { name: flagNames(sent.flags), numbers: parts.join("  ") };
    }
    case "DatagramSent":
      return { name: "UDP", numbers: `len ${sent.length}` };
    case "IcmpSent":
      return { name: "ICMP", numbers: sent.text };
    default:
      return sent satisfies never;
  }
}

/** How a packet's arrow is drawn. */
export function packetKind(story: PacketStory): "syn" | "fin" | "rst" | "data" | "ack" | "udp" | "icmp" {
  const sent = story.sent;
  if (sent?.type === "IcmpSent") return "icmp";
  if (sent?.type !== "SegmentSent") return "udp";
  if (sent.flags.includes("R")) return "rst";
  if (sent.flags.includes("S")) return "syn";
  if (sent.flags.includes("F")) return "fin";
  return sent.length > 0 ? "data" : "ack";
}

/** Marks what belongs to a socket wherever it is shown: ①, ②, … */
export function socketBadge(socket: number): string {
  return socket >= 1 && socket <= 20 ? String.fromCodePoint(0x245f + socket) : `#${socket}`;
}
