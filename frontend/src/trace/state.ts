import { type Nanos, nanos } from "../base/time.ts";
import type { Looked, SequenceRange, Watched } from "./events.ts";

/**
 * Everything there is at one event of a run, as far as the trace tells. Never changed in place: a
 * later state shares with an earlier one whatever stayed the same.
 */
export interface RunState {
  readonly seq: number;
  readonly now: Nanos;
  readonly hosts: ReadonlyMap<string, HostState>;
  readonly links: readonly LinkState[];
}

export interface HostState {
  readonly name: string;
  readonly address: string;
  readonly profile: string;
  readonly mtu: number;
  readonly tasks: ReadonlyMap<number, TaskState>;
  /** What each descriptor of its first process refers to. */
  readonly fds: Descriptors;
  /** Likewise of each process that fork() has made, by its number. */
  readonly forks: ReadonlyMap<number, Descriptors>;
  /** Epoll instances and kqueues, by the numbers of the open files that they are. */
  readonly epolls: ReadonlyMap<number, EpollState>;
  readonly kqueues: ReadonlyMap<number, KqueueState>;
  readonly sockets: ReadonlyMap<number, SocketState>;
  /** By their names on the host: eth0. */
  readonly nics: ReadonlyMap<string, NicState>;
  /** How many packets went no further here, by the reason. */
  readonly drops: ReadonlyMap<string, number>;
  /** It has lost its power. */
  readonly down: boolean;
}

export type Descriptors = ReadonlyMap<number, Descriptor>;

/** What a descriptor refers to. */
export interface Descriptor {
  /** 0 if it is none. */
  readonly socket: number;
  /** The open file: what dup(2) and fork(2) share. */
  readonly file: number;
  readonly object: string;
  readonly flags: string;
  readonly closeOnExec: boolean;
}

export interface EpollState {
  readonly interests: readonly Interest[];
  /** The first of the ready list. */
  readonly ready: readonly Watched[];
  /** How many follow those. */
  readonly more: number;
}

export interface Interest extends Watched {
  readonly events: number;
  readonly data: number;
  /** EPOLLONESHOT has told. */
  readonly disarmed: boolean;
}

export type KqueueState = ReadonlyMap<string, Knote>;

export interface Knote {
  readonly ident: number;
  readonly filter: string;
  readonly flags: string;
  readonly fflags: string;
  readonly data: number;
  /** idle, queued, disabled */
  readonly state: string;
}

export interface LinkState {
  readonly name: string;
  readonly a: string;
  readonly b: string;
  readonly delay: Nanos;
  readonly rate: number;
  readonly queue: number;
}

export interface TaskState {
  readonly number: number;
  /** Number of the first task of its process. */
  readonly process: number;
  /** The call it is in, if any. */
  readonly call: RunningCall | null;
  readonly lastReturn: { readonly text: string; readonly errno: string | null; readonly seq: number } | null;
}

export interface RunningCall {
  readonly number: number;
  readonly name: string;
  readonly text: string;
  readonly fd: number;
  readonly entered: number;
  /** What it waits for; null while it runs. */
  readonly waiting: { readonly reason: string; readonly events: number; readonly since: Nanos } | null;
  /** What it found when it last looked for descriptors that are ready. */
  readonly looked: readonly Looked[];
}

export interface SocketState {
  readonly number: number;
  readonly protocol: string;
  /** The listener it came from, 0 for none. */
  readonly parent: number;
  readonly local: string | null;
  readonly remote: string | null;
  /** Of the connection; empty for what has none. */
  readonly state: string;
  readonly path: readonly Move[];
  readonly sendBuffer: SendBuffer | null;
  readonly receiveBuffer: ReceiveBuffer | null;
  readonly tcb: Readonly<Record<string, number>>;
  /** When its variables last changed, and what those that did were before that instant. */
  readonly tcbChange: { readonly at: Nanos; readonly before: Readonly<Record<string, number | undefined>> } | null;
  readonly queues: ListenQueues | null;
  readonly timers: ReadonlyMap<string, RunningTimer>;
  readonly options: ReadonlyMap<string, OptionState>;
  readonly error: string | null;
  readonly gone: boolean;
}

export interface RunningTimer {
  readonly since: Nanos;
  readonly deadline: Nanos;
}

export interface Move {
  readonly from: string;
  readonly to: string;
  readonly seq: number;
}

export interface SendBuffer {
  readonly unacknowledged: number;
  readonly unsent: number;
  readonly size: number;
  /** What it takes of `size`, buffers and their headers. */
  readonly memory: number;
}

export interface ReceiveBuffer {
  readonly readable: number;
  readonly outOfOrder: number;
  readonly datagrams: number;
  readonly size: number;
  /** What it takes of `size`, buffers and their headers. */
  readonly memory: number;
  /** What lies ahead of a hole, counted from the SYN. */
  readonly ahead: readonly SequenceRange[];
  /** The events that put each datagram there, the oldest first. */
  readonly queued: readonly number[];
}

export interface ListenQueues {
  readonly synQueue: number;
  readonly acceptQueue: number;
  readonly backlog: number;
  readonly syn: readonly QueueEntry[];
  readonly accept: readonly QueueEntry[];
}

export interface QueueEntry {
  readonly child: number;
  readonly remote: string;
}

export interface OptionState {
  readonly value: string;
  readonly effective: string;
}

export interface NicState {
  readonly txUsed: number;
  readonly txSize: number;
  readonly rxUsed: number;
  readonly rxSize: number;
  /** Places in the rings: what is between head and tail is the device's. */
  readonly txHead: number;
  readonly txTail: number;
  readonly rxHead: number;
  readonly rxTail: number;
  readonly interrupts: number;
  /** It asks for no attention until it has been polled to the end. */
  readonly masked: boolean;
  readonly polls: number;
}

export const NOTHING_YET: RunState = {
  seq: 0,
  now: nanos(0),
  hosts: new Map(),
  links: [],
};

export function newHost(name: string): HostState {
  return {
    name,
    address: "",
    profile: "",
    mtu: 0,
    tasks: new Map(),
    fds: new Map(),
    forks: new Map(),
    epolls: new Map(),
    kqueues: new Map(),
    sockets: new Map(),
    nics: new Map(),
    drops: new Map(),
    down: false,
  };
}

export function newNic(): NicState {
  const places = { txHead: 0, txTail: 0, rxHead: 0, rxTail: 0 };
  return { txUsed: 0, txSize: 0, rxUsed: 0, rxSize: 0, ...places, interrupts: 0, masked: false, polls: 0 };
}

export function newSocket(number: number, protocol: string, parent: number): SocketState {
  return {
    number,
    protocol,
    parent,
    local: null,
    remote: null,
    state: protocol === "tcp" ? "CLOSED" : "",
    path: [],
    sendBuffer: null,
    receiveBuffer: null,
    tcb: {},
    tcbChange: null,
    queues: null,
    timers: new Map(),
    options: new Map(),
    error: null,
    gone: false,
  };
}
