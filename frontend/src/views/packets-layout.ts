import { SECOND } from "../base/time.ts";
import type { IcmpSent, SegmentSent } from "../trace/events.ts";
import { type FrameRow, splitEndpoint } from "../trace/frame-list.ts";
import { dropText } from "../trace/wire-names.ts";

/** A line of the list, as Wireshark writes it. */
export interface PacketLine {
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly info: string;
  readonly time: string;
  /** What it does: the colour of its protocol, and its kind for tests. */
  readonly kind: "syn" | "data" | "ack" | "fin" | "rst" | "udp" | "icmp" | "other";
  /** What is remarkable about it, the gravest first; each a word for its badge. */
  readonly marks: readonly string[];
}

/** What the kernel's rules are to Wireshark: docs/captures.md. */
const PROBES: ReadonlySet<string> = new Set(["RFC9293.KEEP_ALIVE", "RFC9293.WINDOW_PROBE"]);
const FAST: ReadonlySet<string> = new Set(["RFC5681.FAST_RETRANSMIT", "RFC6582.PARTIAL_ACK"]);
const AGAIN: ReadonlySet<string> = new Set([
  "RFC5681.ACK_OUT_OF_ORDER",
  "RFC5961.CHALLENGE_SYN",
  "RFC7323.PAWS",
  "RFC9293.ACK_UNACCEPTABLE",
]);

export type Analysis =
  | "retransmission"
  | "fast_retransmission"
  | "duplicate_ack"
  | "zero_window"
  | "window_update"
  | "window_full"
  | "keep_alive";

/**
 * Wireshark's words for what the trace knows of a segment.
 *
 * @param fillsWindow as the card has seen it that is looked at
 */
export function analysis(segment: SegmentSent, fillsWindow = false): readonly Analysis[] {
  const { rule = "", flags, length, window, retransmission } = segment;
  const found: Analysis[] = [];
  const bare = length === 0 && flags === ".";
  if (retransmission > 0) found.push("retransmission");
  if (retransmission > 0 && FAST.has(rule)) found.push("fast_retransmission");
  if (PROBES.has(rule) && !flags.includes("R")) found.push("keep_alive");
  else if (bare && AGAIN.has(rule) && window > 0) found.push("duplicate_ack");
  if (bare && rule === "RFC9293.WINDOW_UPDATE") found.push("window_update");
  if (fillsWindow) found.push("window_full");
  if (window === 0 && !/[SFR]/.test(flags)) found.push("zero_window");
  return found;
}

const TITLES: Readonly<Record<Analysis, string>> = {
  retransmission: "TCP Retransmission",
  fast_retransmission: "TCP Fast Retransmission",
  duplicate_ack: "TCP Dup ACK",
  zero_window: "TCP ZeroWindow",
  window_update: "TCP Window Update",
  window_full: "TCP Window Full",
  keep_alive: "TCP Keep-Alive",
};

export function packetLine(row: FrameRow): PacketLine {
  const { content, fragment, drop } = row;
  const time = (row.at / SECOND).toFixed(6);
  if (!content) {
    return { source: "", destination: "", protocol: "", info: `packet ${row.packet}`, time, kind: "other", marks: [] };
  }
  const source = splitEndpoint(content.src).address;
  const destination = splitEndpoint(content.dst).address;
  const lost = drop ? [dropMark(drop.reason)] : [];
  const base = { source, destination, time };
  if (fragment) {
    const protocol = source.includes(":") ? "IPv6" : "IPv4";
    const info = `Fragment of packet ${fragment.of}, off=${fragment.offset}, ${fragment.length} octets`;
    return {
      ...base,
      protocol,
      info,
      kind: content.type === "IcmpSent" ? "icmp" : "udp",
      marks: [...lost, "fragment"],
    };
  }
  switch (content.type) {
    case "SegmentSent": {
      const said = analysis(content, row.fillsWindow);
      const marks = [...lost, ...said.map((word) => MARKS[word])];
      return {
        ...base,
        protocol: "TCP",
        info: segmentInfo(content, row.windowShift, said),
        kind: kindOf(content),
        marks,
      };
    }
    case "DatagramSent": {
      const info = `${ports(content.src, content.dst)} Len=${content.length}`;
      return { ...base, protocol: "UDP", info, kind: "udp", marks: lost };
    }
    case "IcmpSent": {
      const protocol = source.includes(":") ? "ICMPv6" : "ICMP";
      return { ...base, protocol, info: icmpInfo(content), kind: "icmp", marks: lost };
    }
    default:
      return content satisfies never;
  }
}

const MARKS: Readonly<Record<Analysis, string>> = {
  retransmission: "retransmission",
  fast_retransmission: "fast",
  duplicate_ack: "dup ACK",
  zero_window: "zero window",
  window_update: "window update",
  window_full: "window full",
  keep_alive: "keep-alive",
};

const dropMark = (reason: string): string => (reason === "LINK_LOSS" ? "lost" : `dropped: ${dropText(reason)}`);

function kindOf({ flags, length }: SegmentSent): PacketLine["kind"] {
  if (flags.includes("R")) return "rst";
  if (flags.includes("S")) return "syn";
  if (flags.includes("F")) return "fin";
  return length > 0 ? "data" : "ack";
}

function ports(src: string, dst: string): string {
  return `${splitEndpoint(src).port ?? ""} → ${splitEndpoint(dst).port ?? ""}`;
}

function icmpInfo({ text, icmpType, icmpCode, about }: IcmpSent): string {
  return `${text} (type ${icmpType}, code ${icmpCode})${about > 0 ? `, about packet ${about}` : ""}`;
}

const FLAG_NAMES: readonly (readonly [string, string])[] = [
  ["F", "FIN"],
  ["S", "SYN"],
  ["R", "RST"],
  ["P", "PSH"],
  [".", "ACK"],
  ["U", "URG"],
  ["E", "ECE"],
  ["W", "CWR"],
];

function segmentInfo(segment: SegmentSent, shift: number | null, said: readonly Analysis[]): string {
  const words = said.includes("fast_retransmission") ? said.filter((w) => w !== "retransmission") : said;
  const title = words.map((word) => `[${TITLES[word]}] `).join("");
  const flags = FLAG_NAMES.filter(([letter]) => segment.flags.includes(letter)).map(([, name]) => name);
  const ack = segment.relAck < 0 ? "" : ` Ack=${segment.relAck}`;
  const window = segment.window * 2 ** (shift ?? 0);
  const options = segment.options ? ` ${optionsInfo(segment.options)}` : "";
  const numbers = `Seq=${segment.relSeq}${ack} Win=${window} Len=${segment.length}`;
  return `${title}${ports(segment.src, segment.dst)} [${flags.join(", ")}] ${numbers}${options}`.trimEnd();
}

/** Options as packetdrill writes them in Wireshark's words: `mss 1460,sackOK` as `MSS=1460 SACK_PERM`. */
function optionsInfo(options: string): string {
  return options
    .split(",")
    .map((option) => {
      const [name = "", ...values] = option.trim().split(" ");
      switch (name) {
        case "mss":
          return `MSS=${values[0]}`;
        case "sackOK":
          return "SACK_PERM";
        case "wscale":
          return `WS=${2 ** Number(values[0])}`;
        case "TS":
          return `TSval=${values[1]} TSecr=${values[3]}`;
        case "sack":
          return values.map((block) => block.replace(/(\d+):(\d+)/, "SLE=$1 SRE=$2")).join(" ");
        default:
          return "";
      }
    })
    .filter((text) => text !== "")
    .join(" ");
}
