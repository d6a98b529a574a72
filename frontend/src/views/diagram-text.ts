import { ordinal } from "../base/ordinal.ts";
import type { PacketSent } from "../trace/events.ts";
import type { PacketStory } from "../trace/trace-index.ts";
import { flagNames } from "../trace/wire-names.ts";
import type { Arrow } from "./diagram-arrows.ts";

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

/** The name of a packet on its arrow, and its numbers behind it, as many as there is room for. */
export interface PacketLabel {
  readonly name: string;
  readonly numbers: string;
}

/** @param room characters */
export function packetLabel(story: PacketStory, room = Number.POSITIVE_INFINITY): PacketLabel {
  const sent = story.sent;
  if (!sent) return { name: `packet ${story.packet}`, numbers: "" };
  if (sent.packet !== story.packet && !story.copied) return { name: "fragment", numbers: `of packet ${sent.packet}` };
  const { name, numbers } = sentLabel(sent, story.windowShift);
  while (numbers.length > 1 && name.length + 1 + numbers.join(" ").length > room) numbers.pop();
  return { name, numbers: numbers.join(" ") };
}

/** The numbers in the order of their weight. */
function sentLabel(sent: PacketSent, windowShift: number): { name: string; numbers: string[] } {
  switch (sent.type) {
    case "SegmentSent": {
      const { relSeq, relAck, length, window } = sent;
      const range = length > 0 ? `${relSeq}:${relSeq + length}` : `${relSeq}`;
      const ack = relAck >= 0 ? [`ack ${relAck}`] : [];
      const bare = sent.flags === "." && length === 0;
      return {
        name: flagNames(sent.flags),
        numbers: [...(bare ? [] : [`seq ${range}`]), ...ack, `win ${window * 2 ** windowShift}`],
      };
    }
    case "DatagramSent":
      return { name: "UDP", numbers: [`len ${sent.length}`] };
    case "IcmpSent":
      return { name: "ICMP", numbers: [sent.text] };
    default:
      return sent satisfies never;
  }
}

/** What is out of the ordinary about an arrow, in words: none of it is told by colour alone. */
export function arrowTags({ story, copy, reason }: Arrow): string[] {
  const { sent } = story;
  const tags: string[] = [];
  if (sent?.type === "SegmentSent" && sent.retransmission > 0) tags.push(times(sent.retransmission));
  if (sent?.type === "SegmentSent" && !/[SFR]/.test(sent.flags)) {
    tags.push(...PROBE_TAGS.filter(([rule]) => sent.rule === rule).map(([, tag]) => tag));
    if (sent.window === 0) tags.push("zero window");
  }
  if (copy) tags.push(story.copied ? "copy made by hand" : "copy made by the link");
  if (story.overtaken && !copy) tags.push("out of order");
  if (story.marked.length > 0) tags.push("CE: has seen congestion");
  if (reason === "BAD_CHECKSUM" || reason === "MALFORMED") tags.push("damaged");
  return tags;
}

/** What is sent for no text's sake, by the rule that it is sent by: segments that look like any ACK. */
const PROBE_TAGS = [
  ["RFC9293.WINDOW_PROBE", "window probe"],
  ["RFC9293.KEEP_ALIVE", "keep-alive probe"],
  ["RFC9293.WINDOW_UPDATE", "window update"],
] as const;

function times(retransmission: number): string {
  return retransmission === 1 ? "sent again" : `sent again, ${ordinal(retransmission)} time`;
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
