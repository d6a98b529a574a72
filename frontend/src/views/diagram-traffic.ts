import type { TraceIndex } from "../trace/trace-index.ts";
import type { Item } from "./diagram-items.ts";

/** What has been sent: segments with text, their octets, and segments without. */
export interface Sent {
  readonly segments: number;
  readonly octets: number;
  readonly acks: number;
}

const NOTHING: Sent = { segments: 0, octets: 0, acks: 0 };

/** How much TCP has sent up to each item of a run. Grows with it; any stretch is told by two look-ups. */
export class Traffic {
  readonly #index: TraceIndex;
  /** Before item `i`. */
  readonly #before: Sent[] = [NOTHING];

  constructor(index: TraceIndex) {
    this.#index = index;
  }

  add(item: Item): void {
    const sums = this.#before.at(-1) ?? NOTHING;
    const sent = item.kind === "departure" ? this.#index.packet(item.packet)?.sent : undefined;
    if (sent?.type !== "SegmentSent") this.#before.push(sums);
    else if (sent.length === 0) this.#before.push({ ...sums, acks: sums.acks + 1 });
    else this.#before.push({ ...sums, segments: sums.segments + 1, octets: sums.octets + sent.length });
  }

  /** Of items `from` to before `to`. */
  between(from: number, to: number): Sent {
    const [start, end] = [this.#before[from] ?? NOTHING, this.#before[to] ?? NOTHING];
    return {
      segments: end.segments - start.segments,
      octets: end.octets - start.octets,
      acks: end.acks - start.acks,
    };
  }
}
