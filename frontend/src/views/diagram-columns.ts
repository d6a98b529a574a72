import type { LinkStarted } from "../trace/events.ts";

/** A stripe of a host, from `x` to `x + width`. */
export interface Lane {
  readonly x: number;
  readonly width: number;
}

/** Where on a host things are: in its programs, in the buffers of its sockets, in its network card. */
export interface Lanes {
  readonly application: Lane;
  readonly buffers: Lane;
  readonly nic: Lane;
}

/** A host's place in the diagram. */
export interface Column {
  readonly host: string;
  /** Of its lifeline, where packets are made and taken: between the buffers and the card, where there are lanes. */
  readonly x: number;
  /** Where its wire begins. */
  readonly wire: number;
  readonly lanes: Lanes | null;
  /** To which side calls and notes stand: -1 left of the lifeline, 1 right of it. */
  readonly outside: -1 | 1;
  /** How far from the lifeline the bar of a call is, px. */
  readonly barOffset: number;
  /** How far from the lifeline text outside begins, and how much room it has, px. */
  readonly textOffset: number;
  readonly room: number;
}

/** Narrower than this, what is written is shortened, and times stand above instead of beside. */
const NARROW = 560;
const TIMES = 84;
const BAR = 12;

/** At least as wide as this, lanes leave room for the wire; and from there on they are shown unless they are closed. */
export const LANES_FIT = 620;
export const LANES_WIDE = 900;

const APPLICATION = 30;
const BUFFERS = 52;
const NIC = 38;
const ALL_LANES = APPLICATION + BUFFERS + NIC;

/** How much of the way to the next host is for what is written beside an inner one. */
const INNER_SHARE = 0.8;

/** Between a character of an address and the next, px, and between two addresses at least. */
const ADDRESS_CHARACTER = 7;
const ADDRESS_GAP = 8;

export const isNarrow = (width: number): boolean => width < NARROW;

export interface ColumnRoom {
  readonly width: number;
  readonly lanes: boolean;
}

/**
 * A lifeline a host: with two, the second has its outside on the right, so that the middle is free for arrows. Lanes have
 * the hosts at the two ends; what is between them stays a line.
 */
export function columns(hosts: readonly string[], { width, lanes }: ColumnRoom): Column[] {
  const narrow = isNarrow(width);
  const times = narrow ? 0 : TIMES;
  const laned = lanes && width >= LANES_FIT;
  const share = sideShare(hosts.length, narrow, laned);
  const margin = Math.min((width - times) * share, 260);
  const inset = laned ? APPLICATION + BUFFERS : 0;
  const first = times + margin + inset;
  const last = width - (hosts.length > 1 ? margin + inset : 0);
  const step = hosts.length > 1 ? (last - first) / (hosts.length - 1) : 0;
  return hosts.map((host, i) => {
    const outside = i === 0 ? -1 : 1;
    const inner = i > 0 && i < hosts.length - 1;
    const x = first + i * step;
    const has = laned && !inner;
    const textOffset = has ? APPLICATION + BUFFERS + 8 : BAR + 10;
    return {
      host,
      x,
      wire: has ? x - outside * NIC : x,
      lanes: has ? lanesOf(x, outside) : null,
      outside,
      barOffset: has ? BUFFERS + BAR : BAR,
      textOffset,
      room: inner ? step * INNER_SHARE - textOffset : margin + inset - textOffset,
    };
  });
}

/** What is left outside of the first host and of the last: with many hosts less, or those between them have no room. */
function sideShare(hosts: number, narrow: boolean, laned: boolean): number {
  const share = narrow ? 0.24 : laned ? 0.2 : 0.28;
  return hosts > 3 ? share * 0.65 : share;
}

/** Whether addresses under the names would run into each other in one line. */
export function crowded(columns: readonly Column[], address: (host: string) => string): boolean {
  return columns.some((column, i) => {
    const next = columns[i + 1];
    if (!next) return false;
    const characters = (address(column.host).length + address(next.host).length) / 2;
    return next.x - column.x < characters * ADDRESS_CHARACTER + ADDRESS_GAP;
  });
}

function lanesOf(x: number, outside: -1 | 1): Lanes {
  const lane = (from: number, width: number): Lane =>
    outside < 0 ? { x: x - from - width, width } : { x: x + from, width };
  return {
    buffers: lane(0, BUFFERS),
    application: lane(BUFFERS, APPLICATION),
    nic: lane(-NIC, NIC),
  };
}

/** The whole width of a host with its lanes. */
export function breadth({ x, outside }: Column): Lane {
  return { x: outside < 0 ? x + NIC - ALL_LANES : x - NIC, width: ALL_LANES };
}

/** Hosts in the order in which they are joined, where they are in a row; else as they are named. */
export function inOrder(hosts: readonly string[], links: readonly LinkStarted[]): readonly string[] {
  const near = new Map(hosts.map((host) => [host, new Set<string>()]));
  for (const { a, b } of links) {
    if (!near.has(a) || !near.has(b)) return hosts;
    near.get(a)?.add(b);
    near.get(b)?.add(a);
  }
  const row: string[] = [];
  let next = hosts.find((host) => near.get(host)?.size === 1);
  while (next !== undefined) {
    row.push(next);
    const on = [...(near.get(next) ?? [])].filter((host) => !row.includes(host));
    if (on.length > 1) return hosts;
    next = on[0];
  }
  return row.length === hosts.length ? row : hosts;
}
