import type { Nanos } from "../base/time.ts";
import type {
  CallBlocked,
  CallEntered,
  CallReturned,
  LinkStarted,
  PacketDropped,
  PacketForwarded,
  PacketMarked,
  PacketReceived,
  PacketSent,
  RxQueued,
  TaskWoken,
  TraceEvent,
  WireEntered,
} from "./events.ts";
import { copyMade, type FaultInjected } from "./fault-events.ts";
import { Fills } from "./fills.ts";
import { WindowScales } from "./window-scales.ts";

/** What became of a packet: where it was made, each time it was on a wire, and where it ended. */
export interface PacketStory {
  readonly packet: number;
  readonly sent: PacketSent | null;
  /** By what a copy was made of another packet on its way, which was sent as `sent` says; null of what was sent itself. */
  readonly copied: FaultInjected | null;
  /** By how much the window that it offers is shifted; 0 where it is not, or offers none. */
  readonly windowShift: number;
  readonly wires: readonly WireEntered[];
  /** By routers on its way. */
  readonly forwarded: readonly PacketForwarded[];
  /** As one that has seen congestion: RFC 3168. */
  readonly marked: readonly PacketMarked[];
  readonly queued: readonly RxQueued[];
  /** Received or dropped; several if the link made copies. */
  readonly ends: readonly (PacketReceived | PacketDropped)[];
  /** One that its host had sent later was received before it. */
  readonly overtaken: boolean;
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

type Growing<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer E)[] ? E[] : T[K] };

/** Joins the events of a run: packets, calls, causes. Grows with the run, in constant time an event. */
export class TraceIndex {
  readonly hosts: HostFacts[] = [];
  /** The longest one-way delay of a link: what a time axis is measured against. */
  delay = 0 as Nanos;
  /** How many packets were dropped, marked, overtaken or doubled. */
  exceptions = 0;
  readonly fills = new Fills();
  readonly links: LinkStarted[] = [];
  readonly #packets = new Map<number, Growing<PacketStory>>();
  readonly #packetList: PacketStory[] = [];
  readonly #calls = new Map<number, Growing<CallStory>>();
  readonly #callList: CallStory[] = [];
  readonly #callsOf = new Map<string, CallStory[]>();
  readonly #commands: CommandStory[] = [];
  readonly #jobs = new Map<number, Growing<CommandStory>>();
  readonly #followers = new Map<number, number[]>();
  readonly #names = new Map<string, string>();
  readonly #scales = new WindowScales();
  /** For each two hosts, the number of the latest packet from one that the other has received. */
  readonly #latest = new Map<string, number>();

  add(event: TraceEvent): void {
    if (event.cause > 0) {
      const followers = this.#followers.get(event.cause);
      if (followers) followers.push(event.seq);
      else this.#followers.set(event.cause, [event.seq]);
    }
    this.fills.add(event);
    switch (event.type) {
      case "HostStarted": {
        const addresses = event.address.split(" ").map((a) => a.split("/")[0] ?? "");
        this.hosts.push({ name: event.host, addresses });
        for (const address of addresses) this.#names.set(address, event.host);
        break;
      }
      case "LinkStarted":
        this.links.push(event);
        this.delay = Math.max(this.delay, event.delay) as Nanos;
        break;
      case "CallEntered":
        this.#entered(event);
        break;
      case "CallBlocked":
        this.#calls.get(event.call)?.blocked.push(event);
        break;
      case "TaskWoken":
        this.#calls.get(event.call)?.woken.push(event);
        break;
      case "CallReturned": {
        const call = this.#calls.get(event.call);
        if (call) call.returned = event;
        break;
      }
      case "CommandRun":
        this.#commands.push(event);
        break;
      case "JobStarted": {
        const { seq, host, command } = event;
        const started = { seq, host, command, output: "" };
        this.#jobs.set(event.job, started);
        this.#commands.push(started);
        break;
      }
      case "JobPrinted": {
        const job = this.#jobs.get(event.job);
        if (job) job.output += event.output;
        break;
      }
      case "SegmentSent":
        this.#scales.learn(event);
        this.#packet(event.packet).windowShift = this.#scales.of(event) ?? 0;
        this.#packet(event.packet).sent = event;
        break;
      case "DatagramSent":
      case "IcmpSent":
        this.#packet(event.packet).sent = event;
        break;
      case "FragmentSent":
        this.#packet(event.packet).sent ??= this.packet(event.of)?.sent ?? null;
        break;
      case "WireEntered":
        this.#packet(event.packet).wires.push(event);
        break;
      case "PacketForwarded":
        this.#packet(event.packet).forwarded.push(event);
        break;
      case "PacketMarked":
        this.exceptions += 1;
        this.#packet(event.packet).marked.push(event);
        break;
      case "FaultInjected":
        this.#copy(event);
        break;
      case "RxQueued":
        this.#packet(event.packet).queued.push(event);
        break;
      case "SegmentReceived":
      case "DatagramReceived":
      case "IcmpReceived":
        this.#received(this.#packet(event.packet), event);
        break;
      case "PacketDropped":
        this.exceptions += 1;
        this.#packet(event.packet).ends.push(event);
        break;
    }
  }

  packet(number: number): PacketStory | undefined {
    return this.#packets.get(number);
  }

  call(number: number): CallStory | undefined {
    return this.#calls.get(number);
  }

  /** All there are, in the order in which they were sent; the list grows with the run. */
  packets(): readonly PacketStory[] {
    return this.#packetList;
  }

  calls(): readonly CallStory[] {
    return this.#callList;
  }

  callsOf(host: string): readonly CallStory[] {
    return this.#callsOf.get(host) ?? [];
  }

  /** The shell commands, in order. */
  commands(): readonly CommandStory[] {
    return this.#commands;
  }

  /** The events that name `seq` as their cause. */
  followers(seq: number): readonly number[] {
    return this.#followers.get(seq) ?? [];
  }

  /** The host that has an address, given as `10.0.0.1` or `10.0.0.1:80`. */
  hostOf(endpoint: string): string | undefined {
    const colon = endpoint.indexOf(":");
    return this.#names.get(colon < 0 ? endpoint : endpoint.slice(0, colon));
  }

  #entered(entered: CallEntered): void {
    const { call, host, task } = entered;
    const story: Growing<CallStory> = { call, host, task, entered, blocked: [], woken: [], returned: null };
    this.#calls.set(call, story);
    this.#callList.push(story);
    const others = this.#callsOf.get(host);
    if (others) others.push(story);
    else this.#callsOf.set(host, [story]);
  }

  #received(story: Growing<PacketStory>, end: PacketReceived): void {
    story.ends.push(end);
    const way = `${story.sent?.host} ${end.host}`;
    const latest = this.#latest.get(way) ?? 0;
    if (story.ends.length > 1) this.exceptions += 1;
    else if (story.packet < latest) {
      this.exceptions += 1;
      story.overtaken = true;
    } else this.#latest.set(way, story.packet);
  }

  /** The second of two that a hand made of one has a number of its own, and goes the way that the first was on. */
  #copy(fault: FaultInjected): void {
    const copy = copyMade(fault);
    const first = this.#packets.get(fault.packet);
    if (copy === null || !first) return;
    const story = this.#packet(copy);
    story.sent = first.sent;
    story.windowShift = first.windowShift;
    story.copied = fault;
    const wire = first.wires.at(-1);
    if (wire) story.wires.push(wire);
    this.exceptions += 1;
  }

  #packet(packet: number): Growing<PacketStory> {
    const known = this.#packets.get(packet);
    if (known) return known;
    const lists = { wires: [], forwarded: [], marked: [], queued: [], ends: [] };
    const story: Growing<PacketStory> = {
      packet,
      sent: null,
      copied: null,
      windowShift: 0,
      ...lists,
      overtaken: false,
    };
    this.#packets.set(packet, story);
    this.#packetList.push(story);
    return story;
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

/** An event, its cause, the cause of that and so on, at most `most` of them that are `shown`. The event is first. */
export function causeChain(
  event: TraceEvent,
  find: (seq: number) => TraceEvent | undefined,
  most = Number.POSITIVE_INFINITY,
  shown: (event: TraceEvent) => boolean = () => true,
): TraceEvent[] {
  const chain = [event];
  let effect = event;
  for (let cause = find(event.cause); cause && cause.seq < effect.seq; cause = find(cause.cause)) {
    if (shown(cause) && chain.push(cause) > most) break;
    effect = cause;
  }
  return chain;
}
