import type { Arrow, Point } from "./diagram-arrows.ts";
import { LINE } from "./diagram-axis.ts";

/** A straight part of an arrow's way. */
export interface Leg {
  readonly from: Point;
  readonly to: Point;
}

/** Steeper than this, words do not lie along the line: the next arrow's would lie across them. */
const STEEP = 0.32;

/** Arrows that begin nearer to each other than this have their words in the same manner, px. */
const NEAR = LINE * 1.5;

/**
 * The arrows whose words stand level, beside where they begin, and not along the line: those that are steep, and those
 * that begin beside such a one, whose words theirs would lie across.
 */
export function levelArrows(arrows: readonly Arrow[]): ReadonlySet<Arrow> {
  const level = new Set(arrows.filter((arrow) => arrow.folded || slope(longestLeg(arrow.path)) > STEEP));
  if (level.size === 0) return level;
  for (const beside of byStart(arrows).values()) {
    const spread = (i: number, j: number): void => {
      const [one, other] = [beside[i], beside[j]];
      if (one && other && level.has(one) && Math.abs(one.from.y - other.from.y) <= NEAR) level.add(other);
    };
    for (let i = 1; i < beside.length; i++) spread(i - 1, i);
    for (let i = beside.length - 1; i > 0; i--) spread(i, i - 1);
  }
  return level;
}

/** Those that begin at the same lifeline and go the same way, from above to below. */
function byStart(arrows: readonly Arrow[]): Map<string, Arrow[]> {
  const groups = new Map<string, Arrow[]>();
  for (const arrow of arrows) {
    const key = `${arrow.from.x} ${Math.sign(arrow.to.x - arrow.from.x)}`;
    const group = groups.get(key);
    if (group) group.push(arrow);
    else groups.set(key, [arrow]);
  }
  for (const group of groups.values()) group.sort((a, b) => a.from.y - b.from.y);
  return groups;
}

/** How far it goes down for how far it goes across. */
export function slope({ from, to }: Leg): number {
  return (to.y - from.y) / Math.max(Math.abs(to.x - from.x), 1);
}

/** The part of the way on which there is most room for words. */
export function longestLeg(path: readonly Point[]): Leg {
  let best: Leg = { from: path[0] ?? ORIGIN, to: path[1] ?? ORIGIN };
  path.slice(1).forEach((to, i) => {
    const from = path[i] ?? to;
    if (Math.abs(to.x - from.x) > Math.abs(best.to.x - best.from.x)) best = { from, to };
  });
  return best;
}

const ORIGIN: Point = { x: 0, y: 0 };
