import { type Nanos, nanos } from "../base/time.ts";

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
  /** Which socket a descriptor of its first process refers to. */
  readonly fds: ReadonlyMap<number, number>;
  /** Likewise of each process that fork() has made, by its number. */
  readonly forks: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly sockets: ReadonlyMap<number, SocketState>;
  /** By their names on the host: eth0. */
  readonly nics: ReadonlyMap<string, NicState>;
  /** Packets that went no further here. */
  readonly drops: number;
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
  /** The variables that the latest event about them changed, and its number. */
  readonly tcbChange: { readonly seq: number; readonly names: readonly string[] } | null;
  readonly queues: ListenQueues | null;
  /** When each running timer ends. */
  readonly timers: ReadonlyMap<string, Nanos>;
  readonly options: ReadonlyMap<string, OptionState>;
  readonly error: string | null;
  readonly gone: boolean;
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
}

export interface ReceiveBuffer {
  readonly readable: number;
  readonly outOfOrder: number;
  readonly datagrams: number;
  readonly size: number;
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
  readonly interrupts: number;
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
    sockets: new Map(),
    nics: new Map(),
    drops: 0,
  };
}

export function newNic(): NicState {
  return { txUsed: 0, txSize: 0, rxUsed: 0, rxSize: 0, interrupts: 0, polls: 0 };
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
