import { lowerBound } from "../base/search.ts";
import { type LineCall, type Standing, standingAt, standingSince } from "../trace/line-calls.ts";

/** What stands in the margin beside a line: the call that it is in, or has made last. */
export interface MarginNote {
  readonly line: number;
  /** The event that clicking it goes to. */
  readonly seq: number;
  readonly standing: Standing;
  readonly name: string;
  /** What came of it: `= 4`, `ECONNREFUSED`, `waits`. */
  readonly result: string;
  /** How many calls the line has made up to the cursor; of one that has made none yet, how many it will have made. */
  readonly count: number;
  readonly socket: number;
}

/** A task that waits is looked for among so many calls: those of the threads that stand at one line. */
const TASKS = 16;

/** The margin of a file at the cursor, in the order of its lines. */
export function marginNotes(lines: ReadonlyMap<number, readonly LineCall[]>, cursor: number): MarginNote[] {
  return [...lines]
    .flatMap(([line, calls]) => note(line, calls, cursor) ?? [])
    .toSorted((one, other) => one.line - other.line);
}

function note(line: number, calls: readonly LineCall[], cursor: number): MarginNote | null {
  const made = lowerBound(calls, cursor + 1, ({ seq }) => seq);
  const recent = calls.slice(Math.max(made - TASKS, 0), made);
  const call = recent.findLast((each) => standingAt(each, cursor) === "waits") ?? recent.at(-1) ?? calls[0];
  if (!call) return null;
  const standing = standingAt(call, cursor);
  return {
    line,
    seq: standingSince(call, cursor),
    standing,
    name: call.name,
    result: resultOf(call, standing),
    count: made === 0 ? calls.length : made,
    socket: call.socket,
  };
}

/** What came of a call, as short as can be. */
export function resultOf({ returned }: LineCall, standing: Standing): string {
  switch (standing) {
    case "later":
      return "later";
    case "runs":
      return "";
    case "waits":
      return "waits";
    case "failed":
      return returned?.failed ?? "";
    case "done":
      return / (= [^=]*?)$/.exec(returned?.text ?? "")?.[1] ?? "";
  }
}

/** The shapes by which calls are told apart without colour. */
export const SHAPES: Readonly<Record<Standing, string>> = {
  later: "○",
  runs: "▸",
  waits: "☾",
  done: "✓",
  failed: "✕",
};

/** In words, for who cannot see the shape. */
export const STANDING_WORDS: Readonly<Record<Standing, string>> = {
  later: "made later",
  runs: "in the kernel",
  waits: "waits",
  done: "returned",
  failed: "failed",
};
