import type { Nanos } from "../base/time.ts";
import type { CallEvent } from "./call-events.ts";
import type { FaultEvent } from "./fault-events.ts";
import type { Of } from "./stamp.ts";

export type * from "./call-events.ts";
export type * from "./fault-events.ts";
export type { Stamp } from "./stamp.ts";

export interface HostStarted extends Of<"HostStarted"> {
  readonly address: string;
  readonly profile: string;
  readonly mtu: number;
  readonly rxRing: number;
  readonly txRing: number;
}
export interface LinkStarted extends Of<"LinkStarted"> {
  readonly link: string;
  readonly a: string;
  readonly b: string;
  readonly delay: Nanos;
  readonly rate: number;
  readonly queue: number;
}
export interface SocketCreated extends Of<"SocketCreated"> {
  readonly socket: number;
  readonly protocol: string;
  readonly parent: number;
}
export interface SocketBound extends Of<"SocketBound"> {
  readonly socket: number;
  readonly local: string;
}
export interface SocketConnected extends Of<"SocketConnected"> {
  readonly socket: number;
  readonly local: string;
  readonly remote: string;
}
export interface OptionSet extends Of<"OptionSet"> {
  readonly socket: number;
  readonly option: string;
  readonly value: string;
  readonly effective: string;
}
export interface SocketError extends Of<"SocketError"> {
  readonly socket: number;
  readonly errno: string;
}
export interface SocketDestroyed extends Of<"SocketDestroyed"> {
  readonly socket: number;
}
export interface SendBufferChanged extends Of<"SendBufferChanged"> {
  readonly socket: number;
  readonly unacknowledged: number;
  readonly unsent: number;
  readonly size: number;
  /** What it takes of `size`, buffers and their headers: sk_wmem_queued. */
  readonly memory?: number;
}
export interface ReceiveBufferChanged extends Of<"ReceiveBufferChanged"> {
  readonly socket: number;
  readonly readable: number;
  readonly outOfOrder: number;
  readonly datagrams: number;
  readonly size: number;
  /** What it takes of `size`, buffers and their headers: sk_rmem_alloc. */
  readonly memory?: number;
  readonly ahead?: readonly SequenceRange[];
}
/** Octets by their sequence numbers, counted from the SYN: `end` is the one behind the last. */
export interface SequenceRange {
  readonly from: number;
  readonly end: number;
}
export interface StateChanged extends Of<"StateChanged"> {
  readonly socket: number;
  readonly from: string;
  readonly to: string;
}
export interface TcbChanged extends Of<"TcbChanged"> {
  readonly socket: number;
  readonly changed: Readonly<Record<string, number>>;
}
export interface ListenQueuesChanged extends Of<"ListenQueuesChanged"> {
  readonly socket: number;
  readonly synQueue: number;
  readonly acceptQueue: number;
  readonly backlog: number;
}
export interface QueueEntryChanged extends Of<"QueueEntryChanged"> {
  readonly socket: number;
  readonly queue: string;
  readonly child: number;
  readonly remote: string;
  readonly entered: boolean;
}
export interface SegmentSent extends Of<"SegmentSent"> {
  readonly packet: number;
  readonly socket: number;
  readonly src: string;
  readonly dst: string;
  /** As packetdrill writes them: `S.`, `P.`, `F.`, `.` */
  readonly flags: string;
  /** As on the wire; `relSeq` and `relAck` count from the SYNs. `relAck` is -1 without an ACK. */
  readonly absSeq: number;
  readonly absAck: number;
  readonly relSeq: number;
  readonly relAck: number;
  readonly window: number;
  readonly options: string;
  readonly length: number;
  readonly retransmission: number;
}
export interface SegmentReceived extends Of<"SegmentReceived"> {
  readonly packet: number;
  readonly socket: number;
}
export interface DatagramSent extends Of<"DatagramSent"> {
  readonly packet: number;
  readonly socket: number;
  readonly src: string;
  readonly dst: string;
  readonly length: number;
}
export interface DatagramReceived extends Of<"DatagramReceived"> {
  readonly packet: number;
  readonly socket: number;
}
export interface IcmpSent extends Of<"IcmpSent"> {
  readonly packet: number;
  readonly src: string;
  readonly dst: string;
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly text: string;
  readonly about: number;
}
export interface IcmpReceived extends Of<"IcmpReceived"> {
  readonly packet: number;
  readonly icmpType: number;
  readonly icmpCode: number;
  readonly text: string;
}
export interface FragmentSent extends Of<"FragmentSent"> {
  readonly packet: number;
  readonly of: number;
  readonly offset: number;
  readonly length: number;
}
export interface QdiscQueued extends Of<"QdiscQueued"> {
  readonly packet: number;
  readonly dev: string;
  readonly qdisc: string;
  readonly length: number;
}
export interface PacketMarked extends Of<"PacketMarked"> {
  readonly packet: number;
  readonly dev: string;
  readonly qdisc: string;
  readonly length: number;
}
export interface TxQueued extends Of<"TxQueued"> {
  readonly packet: number;
  readonly dev: string;
  readonly length: number;
  readonly used: number;
  readonly size: number;
  readonly head: number;
  readonly tail: number;
}
export interface WireEntered extends Of<"WireEntered"> {
  readonly packet: number;
  readonly dev: string;
  readonly link: string;
  readonly to: string;
  readonly arrives: Nanos;
  readonly txUsed: number;
}
export interface RxQueued extends Of<"RxQueued"> {
  readonly packet: number;
  readonly dev: string;
  readonly used: number;
  readonly size: number;
  readonly head: number;
  readonly tail: number;
}
export interface InterruptRaised extends Of<"InterruptRaised"> {
  readonly dev: string;
}
export interface PacketForwarded extends Of<"PacketForwarded"> {
  readonly packet: number;
  readonly in: string;
  readonly out: string;
  readonly ttl: number;
  readonly nextHop: string;
}
export interface InterruptHeld extends Of<"InterruptHeld"> {
  readonly dev: string;
  readonly ring: string;
  readonly deadline: Nanos;
}
export interface PacketJoined extends Of<"PacketJoined"> {
  readonly packet: number;
  readonly into: number;
  readonly length: number;
}
export interface CommandRun extends Of<"CommandRun"> {
  readonly command: string;
  readonly status: number;
  readonly output: string;
}
/** A shell command that goes on for a while, by its number in the run. */
export interface JobStarted extends Of<"JobStarted"> {
  readonly job: number;
  readonly command: string;
}
export interface JobPrinted extends Of<"JobPrinted"> {
  readonly job: number;
  readonly output: string;
}
export interface JobEnded extends Of<"JobEnded"> {
  readonly job: number;
  readonly status: number;
}
export interface NapiPolled extends Of<"NapiPolled"> {
  readonly dev: string;
  readonly packets: number;
  readonly rxUsed: number;
  readonly txCleaned: number;
  readonly budget: number;
  readonly repeated: boolean;
}
export interface PacketDropped extends Of<"PacketDropped"> {
  readonly packet: number;
  readonly where: string;
  readonly reason: string;
}
export interface TimerSet extends Of<"TimerSet"> {
  readonly socket: number;
  readonly timer: string;
  readonly deadline: Nanos;
}
export interface TimerCancelled extends Of<"TimerCancelled"> {
  readonly socket: number;
  readonly timer: string;
}
export interface TimerFired extends Of<"TimerFired"> {
  readonly socket: number;
  readonly timer: string;
}

/**
 * The trace format: what `docs/trace-format.md` says, as types. An event is told by its `type`;
 * functions over all of them end in `event satisfies never`.
 */
export type TraceEvent =
  | CallEvent
  | FaultEvent
  | HostStarted
  | LinkStarted
  | SocketCreated
  | SocketBound
  | SocketConnected
  | OptionSet
  | SocketError
  | SocketDestroyed
  | SendBufferChanged
  | ReceiveBufferChanged
  | StateChanged
  | TcbChanged
  | ListenQueuesChanged
  | QueueEntryChanged
  | SegmentSent
  | SegmentReceived
  | DatagramSent
  | DatagramReceived
  | IcmpSent
  | IcmpReceived
  | FragmentSent
  | QdiscQueued
  | PacketMarked
  | TxQueued
  | WireEntered
  | RxQueued
  | PacketForwarded
  | InterruptRaised
  | InterruptHeld
  | PacketJoined
  | CommandRun
  | JobStarted
  | JobPrinted
  | JobEnded
  | NapiPolled
  | PacketDropped
  | TimerSet
  | TimerCancelled
  | TimerFired;

export type PacketSent = SegmentSent | DatagramSent | IcmpSent;
export type PacketReceived = SegmentReceived | DatagramReceived | IcmpReceived;
