/** Lines that were put in, oldest first, and where in them the arrow keys are. */
export interface History {
  readonly lines: readonly string[];
  /** `lines.length` is the line that is being written. */
  readonly at: number;
  /** What was being written when the arrow keys were first used. */
  readonly draft: string;
}

export const NO_HISTORY: History = { lines: [], at: 0, draft: "" };

/** Adds a line, unless it is the one before again, and goes to the end. */
export function remember({ lines }: History, line: string): History {
  const all = lines.at(-1) === line ? lines : [...lines, line];
  return { lines: all, at: all.length, draft: "" };
}

/** One line back (-1) or on (1). Answers the line to show there; null at the ends. */
export function recall(history: History, by: -1 | 1, written: string): { history: History; line: string } | null {
  const at = history.at + by;
  if (at < 0 || at > history.lines.length) return null;
  const draft = history.at === history.lines.length ? written : history.draft;
  return { history: { ...history, at, draft }, line: history.lines[at] ?? draft };
}
