import type { Nanos } from "../base/time.ts";
import type { SegmentSent, TcbChanged, TraceEvent } from "./events.ts";

/** A figure as the trace has told it: it holds until the next. */
export interface Point {
  /** The event that tells of it. */
  readonly seq: number;
  readonly at: Nanos;
  readonly value: number;
}

/** Octets of the stream at a time: a segment that was sent, or a block that was acknowledged. */
export interface Span extends Point {
  readonly to: number;
  readonly kind: "sent" | "again" | "sack";
  lost: boolean;
}

/** What one end of a TCP connection sends, and what it knows. Octets of the stream count from the SYN. */
export interface Connection {
  readonly host: string;
  readonly socket: number;
  local: string;
  remote: string;
  readonly spans: Span[];
  /** The next octet that the peer expects, and the last it would take and one. */
  readonly acks: Point[];
  readonly windowEdge: Point[];
  /** The TCB's variables by their names in the trace, and octets that are under way. */
  readonly variables: Map<string, Point[]>;
  readonly buffers: Map<string, Point[]>;
}

const BUFFERS = ["unacknowledged", "unsent", "readable", "out of order"] as const;

interface Ends {
  una: number;
  nxt: number;
}

/** The figures of all connections and queues of a run. Grows with the run. */
export class Connections {
  readonly #connections = new Map<string, Connection>();
  readonly #sent = new Map<number, SegmentSent>();
  readonly #spans = new Map<number, Span>();
  readonly #ends = new Map<Connection, Ends>();
  readonly #shifts = new Map<string, number>();
  /** Packets that wait, by where: `client.eth0 TX ring`. */
  readonly queues = new Map<string, Point[]>();
  #seen = 0;

  follow(events: readonly TraceEvent[]): void {
    for (; this.#seen < events.length; this.#seen += 1) {
      const event = events[this.#seen];
      if (event) this.#add(event);
    }
  }

  /** Those that have a peer, in the order in which they got it. */
  get all(): readonly Connection[] {
    return [...this.#connections.values()].filter(({ remote }) => remote !== "");
  }

  #add(event: TraceEvent): void {
    switch (event.type) {
      case "SocketCreated":
        if (event.protocol === "tcp") this.#create(event.host, event.socket);
        break;
      case "SocketConnected": {
        const connection = this.#find(event.host, event.socket);
        if (connection) Object.assign(connection, { local: event.local, remote: event.remote });
        break;
      }
      case "SegmentSent":
        this.#sentSegment(event);
        break;
      case "SegmentReceived":
        this.#received(event);
        break;
      case "PacketDropped": {
        const span = this.#spans.get(event.packet);
        if (span) span.lost = true;
        break;
      }
      case "TcbChanged":
        this.#variables(event);
        break;
      case "SendBufferChanged":
        this.#buffers(event, event.socket, { unacknowledged: event.unacknowledged, unsent: event.unsent });
        break;
      case "ReceiveBufferChanged":
        this.#buffers(event, event.socket, { readable: event.readable, "out of order": event.outOfOrder });
        if (!this.#find(event.host, event.socket)) {
          this.#queue(event, `${event.host} socket ${event.socket} receive buffer`, event.datagrams);
        }
        break;
      case "QdiscQueued":
        this.#queue(event, `${event.host}.${event.dev} ${event.qdisc}`, event.length);
        break;
      case "TxQueued":
        this.#queue(event, `${event.host}.${event.dev} TX ring`, event.used);
        break;
      case "WireEntered":
        if (event.host) this.#queue(event, `${event.host}.${event.dev} TX ring`, event.txUsed);
        break;
      case "RxQueued":
        this.#queue(event, `${event.host}.${event.dev} RX ring`, event.used);
        break;
      case "NapiPolled":
        this.#queue(event, `${event.host}.${event.dev} RX ring`, event.rxUsed);
        break;
      default:
        break;
    }
  }

  #create(host: string, socket: number): void {
    const empty = { local: "", remote: "", spans: [], acks: [], windowEdge: [] };
    const buffers = new Map(BUFFERS.map((name) => [name, [] as Point[]]));
    this.#connections.set(`${host} ${socket}`, { host, socket, ...empty, variables: new Map(), buffers });
  }

  #find(host: string, socket: number): Connection | undefined {
    return this.#connections.get(`${host} ${socket}`);
  }

  #sentSegment(event: SegmentSent): void {
    this.#sent.set(event.packet, event);
    if (event.flags.includes("S")) {
      const shift = /wscale (\d+)/.exec(event.options)?.[1];
      this.#shifts.set(`${event.src} ${event.dst}`, Number(shift ?? Number.NaN));
    }
    const sequence = event.length + (/[SF]/.test(event.flags) ? 1 : 0);
    const connection = this.#find(event.host, event.socket);
    if (!connection || sequence === 0) return;
    const kind = event.retransmission > 0 ? "again" : "sent";
    const { seq, at, relSeq } = event;
    const span: Span = { seq, at, value: relSeq, to: relSeq + sequence, kind, lost: false };
    connection.spans.push(span);
    this.#spans.set(event.packet, span);
  }

  /** An ACK as its receiver gets it: what it acknowledges of what he has sent. */
  #received({ seq, at, host, socket, packet }: Extract<TraceEvent, { type: "SegmentReceived" }>): void {
    const segment = this.#sent.get(packet);
    const connection = this.#find(host, socket);
    if (!segment || !connection || segment.relAck < 0 || segment.flags.includes("R")) return;
    connection.acks.push({ seq, at, value: segment.relAck });
    const window = segment.window * 2 ** this.#shift(segment);
    connection.windowEdge.push({ seq, at, value: segment.relAck + window });
    const base = segment.absAck - segment.relAck;
    for (const [, from, to] of segment.options.matchAll(/(\d+):(\d+)/g)) {
      const relative = (absolute: string | undefined): number => (Number(absolute) - base + 2 ** 32) % 2 ** 32;
      connection.spans.push({ seq, at, value: relative(from), to: relative(to), kind: "sack", lost: false });
    }
  }

  #shift({ flags, src, dst }: SegmentSent): number {
    if (flags.includes("S")) return 0;
    const both = [this.#shifts.get(`${src} ${dst}`), this.#shifts.get(`${dst} ${src}`)];
    return both.some((shift) => shift === undefined || Number.isNaN(shift)) ? 0 : (both[0] ?? 0);
  }

  #variables({ seq, at, host, socket, changed }: TcbChanged): void {
    const connection = this.#find(host, socket);
    if (!connection) return;
    const put = (name: string, value: number): void => {
      const points = connection.variables.get(name);
      if (points) points.push({ seq, at, value });
      else connection.variables.set(name, [{ seq, at, value }]);
    };
    for (const [name, value] of Object.entries(changed)) put(name, value);
    const ends = this.#ends.get(connection) ?? { una: Number.NaN, nxt: Number.NaN };
    ends.una = changed["snd.una"] ?? ends.una;
    ends.nxt = changed["snd.nxt"] ?? ends.nxt;
    this.#ends.set(connection, ends);
    if (("snd.una" in changed || "snd.nxt" in changed) && !Number.isNaN(ends.una + ends.nxt)) {
      put("bytes out", (ends.nxt - ends.una + 2 ** 32) % 2 ** 32);
    }
  }

  #buffers({ seq, at, host }: TraceEvent, socket: number, values: Readonly<Record<string, number>>): void {
    const buffers = this.#find(host, socket)?.buffers;
    for (const [name, value] of Object.entries(values)) buffers?.get(name)?.push({ seq, at, value });
  }

  #queue({ seq, at }: TraceEvent, name: string, value: number): void {
    const points = this.queues.get(name);
    if (points) points.push({ seq, at, value });
    else this.queues.set(name, [{ seq, at, value }]);
  }
}
