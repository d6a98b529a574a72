import { lowerBound } from "../base/search.ts";
import type { Nanos } from "../base/time.ts";
import { type Graph, type Range, type Series, ticks } from "./graphs-layout.ts";

/** Room for the axes, px. */
const LEFT = 64;
const RIGHT = 12;
const TOP = 10;
const BOTTOM = 22;

/** What comes in parts, too; the rest is counted. */
const MEASURED: ReadonlySet<string> = new Set(["ms", "kbit/s"]);

export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly { readonly series: Series; readonly path: string }[];
  readonly timeTicks: readonly { readonly x: number; readonly at: number }[];
  readonly valueTicks: readonly { readonly y: number; readonly value: number }[];
  readonly cursorX: number | null;
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** From a place in the picture to what is there, and px a nanosecond and a unit. */
  readonly scale: {
    readonly at: (x: number) => Nanos;
    readonly value: (y: number) => number;
    readonly perNano: number;
    readonly perUnit: number;
  };
}

export interface PictureRoom {
  readonly width: number;
  readonly height: number;
  readonly range: Range;
  readonly now: Nanos;
}

/** A graph as lines in a picture; what lies outside the range is left out, but for the figure that holds at its begin. */
export function picture(graph: Graph, { width, height, range, now }: PictureRoom): Picture {
  const plot = { left: LEFT, right: width - RIGHT, top: TOP, bottom: height - BOTTOM };
  const cut = graph.series.map((series) => ({ series, points: within(series, range) }));
  const values = cut.flatMap(({ points }) =>
    points.flatMap(({ value, to }) => (to === undefined ? [value] : [value, to])),
  );
  const isStream = graph.unit === "octet";
  const low = isStream ? values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY) : 0;
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const [bottom, top] = values.length === 0 ? [0, 1] : [low, high > low ? high + (high - low) * 0.04 : low + 1];
  const perNano = (plot.right - plot.left) / Math.max(range.to - range.from, 1);
  const perUnit = (plot.bottom - plot.top) / (top - bottom);
  const x = (at: number): number => plot.left + (at - range.from) * perNano;
  const y = (value: number): number => plot.bottom - (value - bottom) * perUnit;
  return {
    width,
    height,
    plot,
    lines: cut.map(({ series, points }) => ({ series, path: path(series, points, x, y, plot) })),
    timeTicks: ticks(range.from / 1e9, range.to / 1e9, Math.max(Math.floor(width / 110), 2)).map((at) => ({
      x: x(at * 1e9),
      at,
    })),
    valueTicks: ticks(bottom, top, 4, MEASURED.has(graph.unit) ? 0 : 1).map((value) => ({ y: y(value), value })),
    cursorX: now >= range.from && now <= range.to ? x(now) : null,
    scale: {
      at: (px) => (range.from + (px - plot.left) / perNano) as Nanos,
      value: (py) => bottom + (plot.bottom - py) / perUnit,
      perNano,
      perUnit,
    },
  };
}

type Points = Series["points"];

function within({ points, shape }: Series, { from, to }: Range): Points {
  const first = lowerBound(points, from, (point) => point.at);
  const end = lowerBound(points, to + 1, (point) => point.at);
  return points.slice(shape === "step" ? Math.max(first - 1, 0) : first, end);
}

const px = (value: number): string => String(Math.round(value * 10) / 10);

function path(
  { shape, tone }: Series,
  points: Points,
  x: (at: number) => number,
  y: (value: number) => number,
  plot: Picture["plot"],
): string {
  switch (shape) {
    case "bar":
      return points.map(({ at, value, to }) => bar(x(at), y(value), y(to ?? value))).join("");
    case "mark":
      return points.map(({ at, value }) => mark(tone, x(at), y(value))).join("");
    case "step": {
      const steps = points.map(({ at, value }, i) => {
        const across = Math.max(x(at), plot.left);
        return i === 0 ? `M${px(across)} ${px(y(value))}` : `H${px(across)}V${px(y(value))}`;
      });
      return points.length > 0 ? `${steps.join("")}H${px(plot.right)}` : "";
    }
    default:
      return shape satisfies never;
  }
}

/** As tcptrace draws a segment: a line with a stop at both ends. */
function bar(x: number, from: number, to: number): string {
  return `M${px(x - 2)} ${px(from)}h4M${px(x)} ${px(from)}V${px(to)}M${px(x - 2)} ${px(to)}h4`;
}

/** A dot, a cross, a diamond: told apart without colour. */
function mark(tone: number, x: number, y: number): string {
  const at = `M${px(x)} ${px(y)}`;
  if (tone === 0) return `${at}m-3 0h6m-3 -3v6`;
  if (tone === 1) return `${at}m0 -4l4 4l-4 4l-4 -4z`;
  return `${at}m-4 -4l8 8m0 -8l-8 8`;
}
