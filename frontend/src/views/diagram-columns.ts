/** A host's place in the diagram. */
export interface Column {
  readonly host: string;
  readonly x: number;
  /** To which side calls and notes stand: -1 left of the lifeline, 1 right of it. */
  readonly outside: -1 | 1;
  /** How far from the lifeline the bar of a call is, px. */
  readonly barOffset: number;
  /** How much room there is for text outside, px. */
  readonly room: number;
}

/** Narrower than this, what is written is shortened, and times stand above instead of beside. */
const NARROW = 560;
const TIMES = 84;
const BAR = 12;

export const isNarrow = (width: number): boolean => width < NARROW;

/** A lifeline a host: with two, the second has its outside on the right, so that the middle is free for arrows. */
export function columns(hosts: readonly string[], width: number): Column[] {
  const narrow = isNarrow(width);
  const times = narrow ? 0 : TIMES;
  const share = narrow ? 0.22 : 0.28;
  const margin = Math.min((width - times) * share, 260);
  const first = times + margin;
  const last = width - (hosts.length > 1 ? margin : 0);
  const step = hosts.length > 1 ? (last - first) / (hosts.length - 1) : 0;
  return hosts.map((host, i) => {
    const outside = i === 0 ? -1 : 1;
    const inner = i > 0 && i < hosts.length - 1;
    return { host, x: first + i * step, outside, barOffset: BAR, room: (inner ? step * 0.45 : margin) - BAR - 10 };
  });
}
