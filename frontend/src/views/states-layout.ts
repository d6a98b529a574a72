import type { Move } from "../trace/state.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A state of RFC 9293 §3.3.2, and where its middle is. CLOSED is there twice, as in the figure. */
export interface StateBox extends Point {
  readonly id: string;
  readonly state: string;
  /** The connection is in it. */
  readonly lit: boolean;
  /** It has been in it. */
  readonly passed: boolean;
}

/** A way from one state to another. */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** What happens, and what is sent: as the figure says it. */
  readonly text: string;
  /** Corners, from border to border. */
  readonly via: readonly Point[];
  /** In the midst of the way. */
  readonly badge: Point;
  /** Which steps of the path went this way, from 1. */
  readonly steps: readonly number[];
  /** The figure does not have it: a reset, mostly. */
  readonly extra: boolean;
}

export interface StateDiagram {
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly StateBox[];
  readonly edges: readonly Edge[];
}

export const BOX = { width: 108, height: 28 };
const SIZE = { width: 372, height: 460 };
const [LEFT, MIDDLE, RIGHT] = [58, 186, 314];
const AGAIN = "CLOSED_AGAIN";

/** By hand: opening above, established in the midst, closing below; who closes first goes down the left. */
const PLACES: Readonly<Record<string, Point>> = {
  CLOSED: { x: MIDDLE, y: 20 },
  LISTEN: { x: MIDDLE, y: 86 },
  SYN_RECEIVED: { x: LEFT, y: 152 },
  SYN_SENT: { x: RIGHT, y: 152 },
  ESTABLISHED: { x: MIDDLE, y: 222 },
  FIN_WAIT_1: { x: LEFT, y: 292 },
  CLOSE_WAIT: { x: RIGHT, y: 292 },
  CLOSING: { x: MIDDLE, y: 362 },
  FIN_WAIT_2: { x: LEFT, y: 376 },
  LAST_ACK: { x: RIGHT, y: 362 },
  TIME_WAIT: { x: MIDDLE, y: 440 },
  [AGAIN]: { x: RIGHT, y: 440 },
};

type Corner = readonly [x: number, y: number];
type Drawn = readonly [from: string, to: string, text: string, ...via: Corner[]];

/** RFC 9293 figure 5, with the way from SYN_RECEIVED to LISTEN of its note 1. */
const FIGURE: readonly Drawn[] = [
  ["CLOSED", "LISTEN", "passive OPEN", [176, 34], [176, 72]],
  ["LISTEN", "CLOSED", "CLOSE", [196, 72], [196, 34]],
  ["CLOSED", "SYN_SENT", "active OPEN / send SYN", [240, 14], [340, 14], [340, 138]],
  ["SYN_SENT", "CLOSED", "CLOSE", [304, 138], [304, 28], [240, 28]],
  ["LISTEN", "SYN_RECEIVED", "receive SYN / send SYN, ACK", [132, 78], [44, 78], [44, 138]],
  ["SYN_RECEIVED", "LISTEN", "receive RST", [74, 138], [74, 94], [132, 94]],
  ["LISTEN", "SYN_SENT", "SEND / send SYN", [240, 94], [280, 138]],
  ["SYN_SENT", "SYN_RECEIVED", "receive SYN / send SYN, ACK", [260, 152], [112, 152]],
  ["SYN_RECEIVED", "ESTABLISHED", "receive ACK of SYN", [96, 166], [140, 208]],
  ["SYN_SENT", "ESTABLISHED", "receive SYN, ACK / send ACK", [276, 166], [232, 208]],
  ["SYN_RECEIVED", "FIN_WAIT_1", "CLOSE / send FIN", [28, 166], [28, 278]],
  ["ESTABLISHED", "FIN_WAIT_1", "CLOSE / send FIN", [140, 236], [92, 278]],
  ["ESTABLISHED", "CLOSE_WAIT", "receive FIN / send ACK", [232, 236], [280, 278]],
  ["FIN_WAIT_1", "FIN_WAIT_2", "receive ACK of FIN", [40, 306], [40, 362]],
  ["FIN_WAIT_1", "CLOSING", "receive FIN / send ACK", [100, 306], [148, 348]],
  ["FIN_WAIT_2", "TIME_WAIT", "receive FIN / send ACK", [58, 390], [58, 440], [132, 440]],
  ["CLOSING", "TIME_WAIT", "receive ACK of FIN", [186, 376], [186, 426]],
  ["CLOSE_WAIT", "LAST_ACK", "CLOSE / send FIN", [314, 306], [314, 348]],
  ["LAST_ACK", AGAIN, "receive ACK of FIN", [314, 376], [314, 426]],
  ["TIME_WAIT", AGAIN, "2MSL are over", [240, 440], [260, 440]],
];

/** Note 2 of the figure tells of this one and leaves it out. */
const ACKED_AND_CLOSED: Drawn = [
  "FIN_WAIT_1",
  "TIME_WAIT",
  "receive ACK of FIN with FIN / send ACK",
  ...([
    [84, 306],
    [122, 350],
    [122, 400],
    [150, 426],
  ] as Corner[]),
];

/** The diagram of one end: its state lit, and the path that it took numbered. */
export function stateDiagram(state: string, path: readonly Move[]): StateDiagram {
  const ways = path.map(({ from, to }, i) => {
    const first = i === 0 || path[i - 1]?.to !== "CLOSED";
    return {
      from: first && from !== "CLOSED" ? from : place(from, path.slice(0, i)),
      to: place(to, path.slice(0, i + 1)),
    };
  });
  const passed = new Set(ways.flatMap(({ from, to }) => [from, to]));
  const lit = place(state, path);
  const drawn = FIGURE.map((edge) => draw(edge, ways, false));
  const others = ways.filter((way) => !FIGURE.some(([from, to]) => from === way.from && to === way.to));
  const unlike = others.filter((way, i) => others.findIndex((o) => o.from === way.from && o.to === way.to) === i);
  return {
    ...SIZE,
    boxes: Object.entries(PLACES).map(([id, point]) => ({
      id,
      state: id === AGAIN ? "CLOSED" : id,
      ...point,
      lit: id === lit,
      passed: passed.has(id),
    })),
    edges: [...drawn, ...unlike.map(({ from, to }) => draw(beyond(from, to), ways, true))],
  };
}

/** CLOSED is above before there was a connection, and below after one. */
function place(state: string, path: readonly Move[]): string {
  if (state !== "CLOSED") return state;
  return path.some(({ to }) => CONNECTED.has(to)) ? AGAIN : "CLOSED";
}

const CONNECTED: ReadonlySet<string> = new Set(Object.keys(PLACES).filter((s) => !/^(CLOSED|LISTEN|SYN_SENT)/.test(s)));

function draw(
  [from, to, text, ...corners]: Drawn,
  ways: readonly { readonly from: string; readonly to: string }[],
  extra: boolean,
): Edge {
  const via = corners.map(([x, y]) => ({ x, y }));
  const steps = ways.flatMap((way, i) => (way.from === from && way.to === to ? [i + 1] : []));
  return { from, to, text, via, badge: halfway(via), steps, extra };
}

/** A way that the figure does not have: straight, between the borders that face each other. */
function beyond(from: string, to: string): Drawn {
  if (from === "FIN_WAIT_1" && to === "TIME_WAIT") return ACKED_AND_CLOSED;
  const [a, b] = [PLACES[from], PLACES[to]];
  if (!a || !b) return [from, to, ""];
  return [from, to, "", border(a, b), border(b, a)];
}

function border(of: Point, toward: Point): Corner {
  const [dx, dy] = [toward.x - of.x, toward.y - of.y];
  const reach = Math.min(BOX.width / 2 / Math.abs(dx || 1e-9), BOX.height / 2 / Math.abs(dy || 1e-9));
  return [of.x + dx * reach, of.y + dy * reach];
}

/** The point at half its length. */
function halfway(via: readonly Point[]): Point {
  const legs = via.slice(1).map((end, i) => ({ start: via[i] ?? end, end }));
  const length = ({ start, end }: { start: Point; end: Point }) => Math.hypot(end.x - start.x, end.y - start.y);
  let left = legs.reduce((sum, leg) => sum + length(leg), 0) / 2;
  for (const leg of legs) {
    const whole = length(leg);
    if (left <= whole) {
      const part = left / (whole || 1);
      return { x: leg.start.x + (leg.end.x - leg.start.x) * part, y: leg.start.y + (leg.end.y - leg.start.y) * part };
    }
    left -= whole;
  }
  return via.at(-1) ?? { x: 0, y: 0 };
}
