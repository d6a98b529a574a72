import type { SegmentSent } from "./events.ts";

/** `S.` as RFCs write it: `SYN-ACK`. */
export function flagNames(flags: string): string {
  const names = [...flags].map((letter) => FLAGS[letter] ?? letter);
  return names.join("-") || "no flags";
}

const FLAGS: Readonly<Record<string, string>> = {
  S: "SYN",
  F: "FIN",
  R: "RST",
  P: "PSH",
  U: "URG",
  E: "ECE",
  W: "CWR",
  ".": "ACK",
};

/** A segment as packetdrill writes it, in relative numbers: `P. 1:6(5) ack 1`. */
export function segmentText(segment: SegmentSent): string {
  const end = segment.relSeq + segment.length;
  const ack = segment.relAck < 0 ? "" : ` ack ${segment.relAck}`;
  return `${segment.flags} ${segment.relSeq}:${end}(${segment.length})${ack}`;
}

/** What is said of a dropped packet. The reasons are the trace's closed set. */
export function dropText(reason: string): string {
  return DROP_REASONS[reason] ?? reason.toLowerCase().replaceAll("_", " ");
}

const DROP_REASONS: Readonly<Record<string, string>> = {
  LINK_LOSS: "lost on the link",
  LINK_CUT: "the link was cut",
  HOST_DOWN: "the host was down",
  LINK_QUEUE_FULL: "the link's queue was full",
  QDISC_FULL: "the sender's queueing discipline took no more",
  QDISC_EARLY: "the queue fills up",
  QDISC_REPLACED: "the queueing discipline it waited in was replaced",
  RX_RING_FULL: "the RX ring was full",
  RING_RESET: "its ring was made anew",
  MALFORMED: "its header could not be read",
  BAD_CHECKSUM: "its checksum was wrong",
  NOT_OURS: "it was for another host",
  NO_ROUTE: "no route to its destination",
  NO_NEIGHBOUR: "nobody has its next address",
  TTL_EXCEEDED: "its time to live was over",
  TOO_BIG: "larger than the MTU, and must not be fragmented",
  NO_PROTOCOL: "nothing handles its protocol",
  NO_SOCKET: "no socket was there for it",
  OUT_OF_WINDOW: "outside the receive window",
  OLD_DUPLICATE: "received before",
  PAWS: "its timestamp was too old",
  BAD_ACK: "it acknowledged what was never sent",
  NO_ACK_FLAG: "it had no ACK",
  SYN_QUEUE_FULL: "SYN queue full",
  ACCEPT_QUEUE_FULL: "accept queue full",
  RECEIVE_BUFFER_FULL: "receive buffer full",
  REASSEMBLY_TIMEOUT: "its other fragments never came",
  CLOSED_FOR_READING: "closed for reading",
  UNEXPECTED_SIGNATURE: "an MD5 signature, and no key",
  TTL_TOO_LOW: "a TTL lower than the socket takes",
  FIREWALL: "a rule of its firewall refused it",
  DEFERRED: "the listener waits for data",
};

const TIMERS: Readonly<Record<string, string>> = {
  rto: "retransmission timer (RTO)",
  synAck: "SYN-ACK timer",
  delayedAck: "delayed-ACK timer",
  persist: "persist timer",
  keepAlive: "keepalive timer",
  finWait2: "FIN_WAIT_2 timer",
  timeWait: "TIME_WAIT timer (2MSL)",
  linger: "linger timer",
  pacing: "pacing timer",
  lossProbe: "loss probe timer (TLP)",
  reordering: "reordering timer (RACK)",
  compressedAck: "compressed-ACK timer",
};

const TIMER_NOTES: Readonly<Record<string, string>> = {
  rto: "RTO is over",
  synAck: "SYN-ACK timeout",
  delayedAck: "delayed ACK is due",
  persist: "persist: probe",
  keepAlive: "keepalive: probe",
  finWait2: "FIN_WAIT_2 is over",
  timeWait: "2MSL are over",
  linger: "linger is over",
};

/** That a timer has gone off, in a few words. */
export function timerNote(timer: string): string {
  return TIMER_NOTES[timer] ?? `${timer} is over`;
}

export function timerText(timer: string): string {
  return TIMERS[timer] ?? `${timer} timer`;
}

const POLL_BITS: readonly (readonly [number, string])[] = [
  [0x001, "POLLIN"],
  [0x002, "POLLPRI"],
  [0x004, "POLLOUT"],
  [0x008, "POLLERR"],
  [0x010, "POLLHUP"],
  [0x020, "POLLNVAL"],
  [0x2000, "POLLRDHUP"],
];

const EPOLL_BITS: readonly (readonly [number, string])[] = [
  [0x1000_0000, "EPOLLEXCLUSIVE"],
  [0x2000_0000, "EPOLLWAKEUP"],
  [0x4000_0000, "EPOLLONESHOT"],
  [-0x8000_0000, "EPOLLET"],
];

/** A mask of epoll_ctl(2)'s bits as a program would write it; errors and hanging up go without saying. */
export function epollMaskText(mask: number): string {
  const names = [
    ...POLL_BITS.filter(([bit]) => (mask & bit & ~0x18) !== 0).map(([, name]) => `E${name}`),
    ...EPOLL_BITS.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name),
  ];
  return names.join("|") || "0";
}

/** A mask of poll(2)'s bits as a program would write it. */
export function eventMaskText(mask: number): string {
  const names = POLL_BITS.filter(([bit]) => (mask & bit) !== 0).map(([, name]) => name);
  return names.join("|") || "0";
}
