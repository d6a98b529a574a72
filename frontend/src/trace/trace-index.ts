import type { Nanos } from "../base/time.ts";
import type {
  CallBlocked,
  CallEntered,
  CallReturned,
  PacketDropped,
  PacketReceived,
  PacketSent,
  RxQueued,
  TaskWoken,
  TraceEvent,
  WireEntered,
} from "./events.ts";

/** What became of a packet: where it was made, each time it was on a wire, and where it ended. */
export interface PacketStory {
  readonly packet: number;
  readonly sent: PacketSent | null;
  readonly wires: readonly WireEntered[];
  readonly queued: readonly RxQueued[];
  /** Received or dropped; several if the link made copies. */
  readonly ends: readonly (PacketReceived | PacketDropped)[];
}

/** A call from where it entered the kernel to where it returned. */
export interface CallStory {
  readonly call: number;
  readonly host: string;
  readonly task: number;
  readonly entered: CallEntered;
  readonly blocked: readonly CallBlocked[];
  readonly woken: readonly TaskWoken[];
  readonly returned: CallReturned | null;
}

export interface HostFacts {
  readonly name: string;
  readonly addresses: readonly string[];
}

/** A shell command and what it has printed so far. */
export interface CommandStory {
  /** The number of the event with which it began. */
  readonly seq: number;
  readonly host: string;
  readonly command: string;
  readonly output: string;
}

interface Growing<T> {
  value: T;
}

/** Joins the events of a run: packets, calls, causes. Grows with the run. */
export class TraceIndex {
  readonly hosts: HostFacts[] = [];
  /** The longest one-way delay of a link: what a time axis is measured against. */
  delay = 0 as Nanos;
  readonly #packets = new Map<number, Growing<PacketStory>>();
  readonly #calls = new Map<number, Growing<CallStory>>();
  readonly #commands: Growing<CommandStory>[] = [];
  readonly #jobs = new Map<number, Growing<CommandStory>>();
  readonly #followers = new Map<number, number[]>();

  add(event: TraceEvent): void {
    if (event.cause > 0) {
      const followers = this.#followers.get(event.cause);
      if (followers) followers.push(event.seq);
      else this.#followers.set(event.cause, [event.seq]);
    }
    switch (event.type) {
      case "HostStarted":
        this.hosts.push({ name: event.host, addresses: event.address.split(" ").map((a) => a.split("/")[0] ?? "") });
        break;
      case "LinkStarted":
        this.delay = Math.max(this.delay, event.delay) as Nanos;
        break;
      case "CallEntered":
        this.#calls.set(event.call, {
          value: {
            call: event.call,
            host: event.host,
            task: event.task,
            entered: event,
            blocked: [],
            woken: [],
            returned: null,
          },
        });
        break;
      case "CallBlocked":
        this.#onCall(event.call, (story) => ({ ...story, blocked: [...story.blocked, event] }));
        break;
      case "TaskWoken":
        this.#onCall(event.call, (story) => ({ ...story, woken: [...story.woken, event] }));
        break;
      case "CallReturned":
        this.#onCall(event.call, (story) => ({ ...story, returned: event }));
        break;
      case "CommandRun":
        this.#commands.push({ value: event });
        break;
      case "JobStarted": {
        const { seq, host, command } = event;
        const started = { value: { seq, host, command, output: "" } };
        this.#jobs.set(event.job, started);
        this.#commands.push(started);
        break;
      }
      case "JobPrinted": {
        const growing = this.#jobs.get(event.job);
        if (growing) growing.value = { ...growing.value, output: growing.value.output + event.output };
        break;
      }
      case "SegmentSent":
      case "DatagramSent":
      case "IcmpSent":
        this.#onPacket(event.packet, (story) => ({ ...story, sent: event }));
        break;
      case "FragmentSent":
        this.#onPacket(event.packet, (story) => ({
          ...story,
          sent: story.sent ?? this.packet(event.of)?.sent ?? null,
        }));
        break;
      case "WireEntered":
        this.#onPacket(event.packet, (story) => ({ ...story, wires: [...story.wires, event] }));
        break;
      case "RxQueued":
        this.#onPacket(event.packet, (story) => ({ ...story, queued: [...story.queued, event] }));
        break;
      case "SegmentReceived":
      case "DatagramReceived":
      case "IcmpReceived":
      case "PacketDropped":
        this.#onPacket(event.packet, (story) => ({ ...story, ends: [...story.ends, event] }));
        break;
    }
  }

  packet(number: number): PacketStory | undefined {
    return this.#packets.get(number)?.value;
  }

  call(number: number): CallStory | undefined {
    return this.#calls.get(number)?.value;
  }

  packets(): PacketStory[] {
    return Array.from(this.#packets.values(), (growing) => growing.value);
  }

  calls(): CallStory[] {
    return Array.from(this.#calls.values(), (growing) => growing.value);
  }

  /** The shell commands, in order. */
  commands(): readonly CommandStory[] {
    return this.#commands.map((growing) => growing.value);
  }

  /** The events that name `seq` as their cause. */
  followers(seq: number): readonly number[] {
    return this.#followers.get(seq) ?? [];
  }

  /** The host that has an address, given as `10.0.0.1` or `10.0.0.1:80`. */
  hostOf(endpoint: string): string | undefined {
    const address = endpoint.split(":")[0];
    return this.hosts.find((host) => host.addresses.includes(address ?? ""))?.name;
  }

  #onPacket(packet: number, change: (story: PacketStory) => PacketStory): void {
    const growing = this.#packets.get(packet);
    if (growing) growing.value = change(growing.value);
    else this.#packets.set(packet, { value: change({ packet, sent: null, wires: [], queued: [], ends: [] }) });
  }

  #onCall(call: number, change: (story: CallStory) => CallStory): void {
    const growing = this.#calls.get(call);
    if (growing) growing.value = change(growing.value);
  }
}

/** What a NIC, its driver and the wire do with every packet: true, and beside the point of most questions. */
const PLUMBING: ReadonlySet<TraceEvent["type"]> = new Set([
  "QdiscQueued",
  "TxQueued",
  "WireEntered",
  "RxQueued",
  "InterruptRaised",
  "InterruptHeld",
  "PacketJoined",
  "NapiPolled",
]);

export const isPlumbing = (event: TraceEvent): boolean => PLUMBING.has(event.type);

/** An event, its cause, the cause of that and so on, as far as the trace goes. The event is first. */
export function causeChain(event: TraceEvent, find: (seq: number) => TraceEvent | undefined): TraceEvent[] {
  const chain = [event];
  for (let cause = find(event.cause); cause && cause.seq < (chain.at(-1)?.seq ?? 0); cause = find(cause.cause)) {
    chain.push(cause);
  }
  return chain;
}
