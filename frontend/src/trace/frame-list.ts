import type { Nanos } from "../base/time.ts";
import type { DatagramSent, FragmentSent, IcmpSent, PacketDropped, SegmentSent, TraceEvent } from "./events.ts";
import { WindowScales } from "./window-scales.ts";

/** What the protocols have put into a packet. */
export type Content = SegmentSent | DatagramSent | IcmpSent;

/** A frame as a network card has sent or received it: a line of a capture. */
export interface FrameRow {
  /** The event that tells of it. */
  readonly seq: number;
  readonly at: Nanos;
  /** The card: `client.eth0`. */
  readonly card: string;
  readonly outgoing: boolean;
  readonly packet: number;
  /** Octets of the whole frame. */
  readonly length: number;
  readonly content: Content | null;
  readonly fragment: FragmentSent | null;
  /** Number of its conversation among those of its protocol, from 0. */
  readonly stream: number;
  /** Shift of its window field; null where no handshake has been seen. */
  readonly windowShift: number | null;
  /** Its last octet is the last that the window allows which this card has seen. */
  readonly fillsWindow: boolean;
  /** What became of it behind this card, once that has happened. */
  drop: PacketDropped | null;
}

interface Packet {
  content: Content | null;
  fragment: FragmentSent | null;
  length: number;
  rows: readonly FrameRow[];
}

/** The frames of a run as its cards see them. Grows with the run, and never goes back over it. */
export class FrameList {
  /** Each frame once, where a host sends it. */
  readonly sent: FrameRow[] = [];
  readonly #byCard = new Map<string, FrameRow[]>();
  readonly #packets = new Map<number, Packet>();
  /** Packets by the events that put them on a wire: a copy that a link makes names one as its cause. */
  readonly #wires = new Map<number, number>();
  readonly #streams = new Map<string, number>();
  readonly #counts = new Map<string, number>();
  readonly #scales = new WindowScales();
  /** The first octet behind the window that a card has last seen offered, by card and by who offers it to whom. */
  readonly #edges = new Map<string, number>();
  #seen = 0;

  /** Takes what is new of `events`. */
  follow(events: readonly TraceEvent[]): void {
    for (; this.#seen < events.length; this.#seen += 1) {
      const event = events[this.#seen];
      if (event) this.#add(event);
    }
  }

  /** What a card has seen; of all cards what was sent, if none is named. */
  of(card: string): readonly FrameRow[] {
    return card === "" ? this.sent : (this.#byCard.get(card) ?? []);
  }

  /** Those of a packet, in the order in which cards saw it. */
  ofPacket(packet: number): readonly FrameRow[] {
    return this.#packets.get(packet)?.rows ?? [];
  }

  get cards(): readonly string[] {
    return [...this.#byCard.keys()].sort();
  }

  #add(event: TraceEvent): void {
    switch (event.type) {
      case "SegmentSent":
        this.#learn(event);
        this.#packet(event.packet).content = event;
        break;
      case "DatagramSent":
      case "IcmpSent":
        this.#packet(event.packet).content = event;
        break;
      case "FragmentSent": {
        const part = this.#packet(event.packet);
        part.content = this.#packet(event.of).content;
        part.fragment = event;
        break;
      }
      case "TxQueued":
        this.#packet(event.packet).length = event.length;
        break;
      case "WireEntered":
        this.#wires.set(event.seq, event.packet);
        if (event.host) this.#frame(event.seq, event.at, event.host, event.dev, true, event.packet);
        break;
      case "RxQueued":
        this.#copy(event.packet, event.cause);
        this.#frame(event.seq, event.at, event.host, event.dev, false, event.packet);
        break;
      case "PacketDropped": {
        const last = this.#packets.get(event.packet)?.rows.at(-1);
        if (last) last.drop = event;
        break;
      }
      default:
        break;
    }
  }

  #learn(segment: SegmentSent): void {
    this.#scales.learn(segment);
    // a SYN begins another conversation
    if (segment.flags.includes("S") && !segment.flags.includes(".")) this.#streams.delete(conversation(segment));
  }

  #copy(packet: number, cause: number): void {
    const of = this.#wires.get(cause);
    const original = of === undefined || of === packet ? undefined : this.#packets.get(of);
    if (original && !this.#packets.has(packet)) this.#packets.set(packet, { ...original, rows: [] });
  }

  #frame(seq: number, at: Nanos, host: string, dev: string, outgoing: boolean, packet: number): void {
    const known = this.#packet(packet);
    const { content } = known;
    const segment = content?.type === "SegmentSent" ? content : null;
    const windowShift = segment && this.#scales.of(segment);
    const row: FrameRow = {
      seq,
      at,
      card: `${host}.${dev}`,
      outgoing,
      packet,
      length: known.length,
      content,
      fragment: known.fragment,
      stream: content ? this.#stream(content) : 0,
      windowShift,
      fillsWindow: segment !== null && this.#fillsWindow(`${host}.${dev}`, segment, windowShift ?? 0),
      drop: null,
    };
    known.rows = [...known.rows, row];
    if (outgoing) this.sent.push(row);
    const seen = this.#byCard.get(row.card);
    if (seen) seen.push(row);
    else this.#byCard.set(row.card, [row]);
  }

  #stream(content: Content): number {
    const key = conversation(content);
    const known = this.#streams.get(key);
    if (known !== undefined) return known;
    const next = this.#counts.get(content.type) ?? 0;
    this.#counts.set(content.type, next + 1);
    this.#streams.set(key, next);
    return next;
  }

  /** Whether it goes up to the edge of the other end's window; and learns of the edge of its own. */
  #fillsWindow(card: string, { src, dst, flags, relSeq, relAck, length, window }: SegmentSent, shift: number): boolean {
    if (relAck >= 0) this.#edges.set(`${card} ${src} ${dst}`, relAck + window * 2 ** shift);
    return length > 0 && !/[SFR]/.test(flags) && this.#edges.get(`${card} ${dst} ${src}`) === relSeq + length;
  }

  #packet(number: number): Packet {
    const known = this.#packets.get(number);
    if (known) return known;
    const fresh: Packet = { content: null, fragment: null, length: 0, rows: [] };
    this.#packets.set(number, fresh);
    return fresh;
  }
}

function conversation({ type, src, dst }: Content): string {
  return src < dst ? `${type} ${src} ${dst}` : `${type} ${dst} ${src}`;
}

/** `10.0.0.1:80` or `[fd00::1]:80` as address and port; an address alone has no port. */
export function splitEndpoint(endpoint: string): { readonly address: string; readonly port: number | null } {
  const bracket = /^\[(.*)\]:(\d+)$/.exec(endpoint);
  if (bracket) return { address: bracket[1] ?? "", port: Number(bracket[2]) };
  const parts = endpoint.split(":");
  if (parts.length === 2) return { address: parts[0] ?? "", port: Number(parts[1]) };
  return { address: endpoint, port: null };
}
