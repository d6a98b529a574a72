import { lowerBound } from "../base/search.ts";
import type { TraceEvent } from "./events.ts";

/** How much waits on a host, from event `seq` on: octets in the buffers of all its sockets, packets in all its NICs. */
export interface Fill {
  readonly seq: number;
  readonly unacknowledged: number;
  readonly unsent: number;
  readonly readable: number;
  readonly outOfOrder: number;
  readonly qdisc: number;
  readonly tx: number;
  readonly rx: number;
}

type Amounts = Omit<Fill, "seq">;

/** What shares a place: octets in send buffers and in receive buffers, packets on their way out and in. */
export type Place = "send" | "receive" | "out" | "in";

export const filled: Readonly<Record<Place, (fill: Fill) => number>> = {
  send: (fill) => fill.unacknowledged + fill.unsent,
  receive: (fill) => fill.readable + fill.outOfOrder,
  out: (fill) => fill.qdisc + fill.tx,
  in: (fill) => fill.rx,
};

const NOTHING: Fill = { seq: 0, unacknowledged: 0, unsent: 0, readable: 0, outOfOrder: 0, qdisc: 0, tx: 0, rx: 0 };

const PLACES: readonly Place[] = ["send", "receive", "out", "in"];

interface HostFills {
  readonly list: Fill[];
  /** What each socket, ring and queue has added to the sums. */
  readonly parts: Map<string, Partial<Amounts>>;
  readonly peak: Record<Place, number>;
  /** Packets in a queueing discipline, until the driver takes them. */
  readonly waiting: Set<number>;
}

/** Where the octets of a run are, by host and time. Grows with it; asked by binary search. */
export class Fills {
  readonly #hosts = new Map<string, HostFills>();

  add(event: TraceEvent): void {
    switch (event.type) {
      case "SendBufferChanged": {
        const { unacknowledged, unsent } = event;
        this.#change(event, `send ${event.socket}`, { unacknowledged, unsent });
        break;
      }
      case "ReceiveBufferChanged": {
        const { readable, outOfOrder } = event;
        this.#change(event, `receive ${event.socket}`, { readable, outOfOrder });
        break;
      }
      case "QdiscQueued":
        this.#host(event.host).waiting.add(event.packet);
        this.#queue(event);
        break;
      case "TxQueued":
        if (this.#host(event.host).waiting.delete(event.packet)) this.#queue(event);
        this.#change(event, `tx ${event.dev}`, { tx: event.used });
        break;
      case "PacketDropped":
        if (event.host !== "" && this.#host(event.host).waiting.delete(event.packet)) this.#queue(event);
        break;
      case "WireEntered":
        if (event.host !== "") this.#change(event, `tx ${event.dev}`, { tx: event.txUsed });
        break;
      case "RxQueued":
        this.#change(event, `rx ${event.dev}`, { rx: event.used });
        break;
      case "NapiPolled":
        this.#change(event, `rx ${event.dev}`, { rx: event.rxUsed });
        break;
    }
  }

  /** After event `seq`. */
  at(host: string, seq: number): Fill {
    const list = this.#hosts.get(host)?.list ?? [];
    return list[lowerBound(list, seq + 1, (fill) => fill.seq) - 1] ?? NOTHING;
  }

  /** The most there has been in the whole run. */
  peak(host: string, place: Place): number {
    return this.#hosts.get(host)?.peak[place] ?? 0;
  }

  #queue(event: TraceEvent): void {
    this.#change(event, "qdisc", { qdisc: this.#host(event.host).waiting.size });
  }

  #change({ host: name, seq }: TraceEvent, part: string, amounts: Partial<Amounts>): void {
    const host = this.#host(name);
    const before = host.parts.get(part) ?? {};
    const next = { ...(host.list.at(-1) ?? NOTHING), seq };
    for (const key of Object.keys(amounts) as (keyof Amounts)[]) next[key] += (amounts[key] ?? 0) - (before[key] ?? 0);
    for (const place of PLACES) host.peak[place] = Math.max(host.peak[place], filled[place](next));
    host.parts.set(part, amounts);
    host.list.push(next);
  }

  #host(name: string): HostFills {
    const known = this.#hosts.get(name);
    if (known) return known;
    const peak = { send: 0, receive: 0, out: 0, in: 0 };
    const host = { list: [], parts: new Map(), peak, waiting: new Set<number>() };
    this.#hosts.set(name, host);
    return host;
  }
}
