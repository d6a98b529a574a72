import type { SocketState } from "../trace/state.ts";

/** A run of octets of a buffer, in relative sequence numbers: the first octet of a stream is 1. */
export interface StripPart {
  readonly kind: "acknowledged" | "unacknowledged" | "unsent" | "read" | "readable" | "hole" | "out-of-order" | "free";
  readonly label: string;
  /** Null where only a number of octets is known. */
  readonly from: number | null;
  readonly octets: number;
  /** Of the strip's width, from 0 to 1. */
  readonly share: number;
}

export interface Strip {
  readonly parts: readonly StripPart[];
  /** What it is measured against, in words. */
  readonly limit: string;
}

type Bare = Omit<StripPart, "share">;

/** What is gone, and may be any amount, has a place of this share. */
const GONE = 0.1;
/** What is less than this would not be seen. */
const LEAST = 0.04;

/** What a program has written and the peer has not acknowledged, between what is through and what has room. */
export function sendStrip({ sendBuffer, tcb }: SocketState): Strip | null {
  if (!sendBuffer) return null;
  const { unacknowledged, unsent, size } = sendBuffer;
  const una = relative(tcb, "snd.una", "snd.iss");
  const first = una === null ? null : Math.max(una, 1); // the SYN is no octet of the stream
  const at = (offset: number) => (first === null ? null : first + offset);
  const parts: Bare[] = [
    { kind: "acknowledged", label: "acknowledged", from: 1, octets: first === null ? 0 : first - 1 },
    { kind: "unacknowledged", label: "sent, not acknowledged", from: at(0), octets: unacknowledged },
    { kind: "unsent", label: "not sent", from: at(unacknowledged), octets: unsent },
    { kind: "free", label: "free", from: null, octets: Math.max(size - unacknowledged - unsent, 0) },
  ];
  return { parts: measured(parts), limit: `of ${size} octets of memory (SO_SNDBUF)` };
}

/** What waits to be read, what has come ahead of a hole, and what else the window offers to take. */
export function receiveStrip(socket: SocketState): Strip | null {
  const { receiveBuffer, tcb } = socket;
  if (!receiveBuffer) return null;
  const { readable, size, ahead } = receiveBuffer;
  const next = nextText(socket);
  const limit = `of ${size} octets of memory (SO_RCVBUF)`;
  if (next === null) {
    const parts: Bare[] = [
      { kind: "readable", label: "to read", from: null, octets: readable },
      { kind: "free", label: "free", from: null, octets: Math.max(size - readable, 0) },
    ];
    return { parts: measured(parts), limit };
  }
  const start = next - readable;
  const parts: Bare[] = [
    { kind: "read", label: "read by the program", from: 1, octets: start - 1 },
    { kind: "readable", label: "in order, to read", from: start, octets: readable },
  ];
  let reached = next;
  for (const { from, end } of ahead) {
    parts.push({ kind: "hole", label: "missing", from: reached, octets: from - reached });
    parts.push({ kind: "out-of-order", label: "out of order", from, octets: end - from });
    reached = end;
  }
  const edge = next + (tcb["rcv.wnd"] ?? 0);
  parts.push({ kind: "free", label: "free in the window", from: reached, octets: Math.max(edge - reached, 0) });
  return { parts: measured(parts), limit };
}

/** Where the next octet of text is expected: a FIN that has come counts as none. */
function nextText({ tcb, path }: SocketState): number | null {
  const next = relative(tcb, "rcv.nxt", "rcv.irs");
  if (next === null) return null;
  return path.some(({ to }) => FIN_HAS_COME.has(to)) ? next - 1 : next;
}

const FIN_HAS_COME: ReadonlySet<string> = new Set(["CLOSE_WAIT", "CLOSING", "TIME_WAIT", "LAST_ACK"]);

function relative(tcb: SocketState["tcb"], name: string, start: string): number | null {
  const [value, first] = [tcb[name], tcb[start]];
  return value === undefined || first === undefined ? null : (value - first) >>> 0;
}

/** Gives each its share: what is gone a fixed one, the rest by their octets. */
function measured(parts: readonly Bare[]): StripPart[] {
  const there = parts.filter(({ octets }) => octets > 0);
  const isGone = ({ kind }: Bare) => kind === "acknowledged" || kind === "read";
  const total = there.filter((part) => !isGone(part)).reduce((sum, { octets }) => sum + octets, 0);
  const raw = there.map((part) => ({
    ...part,
    share: isGone(part) ? GONE : Math.max(part.octets / (total || 1), LEAST),
  }));
  const sum = raw.reduce((all, { share }) => all + share, 0);
  return raw.map((part) => ({ ...part, share: part.share / (sum || 1) }));
}
