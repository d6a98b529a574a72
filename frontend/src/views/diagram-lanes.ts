import type { Fill, Fills, Place } from "../trace/fills.ts";
import type { Column, Lane } from "./diagram-columns.ts";
import type { Row } from "./diagram-rows.ts";

/** What is drawn of a fill: how much of its place it takes, from below to above. */
export type Layer = "unacknowledged" | "unsent" | "readable" | "outOfOrder" | "qdisc" | "tx" | "rx";

export interface FillBand {
  readonly host: string;
  readonly layer: Layer;
  /** The parts of the lane that are filled, as boxes. */
  readonly boxes: readonly Box[];
  /** What the whole breadth of its place stands for: octets or packets. */
  readonly peak: number;
}

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const LAYERS: readonly { readonly place: Place; readonly layers: readonly Layer[] }[] = [
  { place: "send", layers: ["unacknowledged", "unsent"] },
  { place: "receive", layers: ["readable", "outOfOrder"] },
  { place: "out", layers: ["tx", "qdisc"] },
  { place: "in", layers: ["rx"] },
];

const LEAST = 2;

/** How full buffers and rings are, from row to row: after all that a row has led to. */
export function fillBands(list: readonly Row[], columns: readonly Column[], fills: Fills, bottom: number): FillBand[] {
  return columns.flatMap((column) => {
    const { lanes } = column;
    if (!lanes) return [];
    const steps = list.map((row, i) => ({
      y: row.y,
      until: list[i + 1]?.y ?? bottom,
      fill: fills.at(column.host, (list[i + 1]?.seq ?? Number.POSITIVE_INFINITY) - 1),
    }));
    return LAYERS.flatMap(({ place, layers }) => {
      const peak = fills.peak(column.host, place);
      const lane = half(place === "send" || place === "receive" ? lanes.buffers : lanes.nic, place, column.outside);
      return layers.map((layer, i) => ({
        host: column.host,
        layer,
        peak,
        boxes: boxes(steps, lane, peak, layer, layers.slice(0, i)),
      }));
    });
  });
}

/** What goes out stands on the side of the application, what comes in beside it. */
function half({ x, width }: Lane, place: Place, outside: -1 | 1): Lane {
  const outer = place === "send" || place === "out" ? outside < 0 : outside > 0;
  return { x: outer ? x + 2 : x + width / 2 + 1, width: width / 2 - 3 };
}

interface Step {
  readonly y: number;
  readonly until: number;
  readonly fill: Fill;
}

function boxes(steps: readonly Step[], lane: Lane, peak: number, layer: Layer, below: readonly Layer[]): Box[] {
  const found: Box[] = [];
  for (const { y, until, fill } of steps) {
    if (fill[layer] === 0 || until <= y) continue;
    const px = (octets: number): number => (octets / peak) * lane.width;
    const under = below.reduce((sum, other) => sum + fill[other], 0);
    const width = Math.max(px(fill[layer]), LEAST);
    const x = lane.x + Math.min(px(under), lane.width - width);
    const last = found.at(-1);
    if (last && last.x === x && last.width === width && last.y + last.height === y) {
      found[found.length - 1] = { ...last, height: until - last.y };
    } else {
      found.push({ x, y, width, height: until - y });
    }
  }
  return found;
}

/** For the tooltip of a host's buffers. */
export function fillText(fill: Fill): string {
  const parts = [
    `send buffers: ${fill.unacknowledged} octets sent and not acknowledged, ${fill.unsent} not sent`,
    `receive buffers: ${fill.readable} to read, ${fill.outOfOrder} out of order`,
    `network card: ${fill.qdisc} in the queueing discipline, ${fill.tx} in the TX ring, ${fill.rx} in the RX ring`,
  ];
  return parts.join("\n");
}
