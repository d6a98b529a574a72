import { type ChangeDesc, type EditorState, MapMode, StateEffect, StateField } from "@codemirror/state";

/** What stands there now is what has been compiled. */
export const rebuilt = StateEffect.define<null>();

interface Built {
  /** Where the lines began. */
  readonly starts: readonly number[];
  /** What has been written since; null for nothing. */
  readonly changes: ChangeDesc | null;
}

/** Joins the lines of the program that runs with what has become of them: a trace names lines as they were compiled. */
export const builtLines = StateField.define<Built>({
  create: asBuilt,
  update(built, transaction) {
    if (transaction.effects.some((effect) => effect.is(rebuilt))) return asBuilt(transaction.state);
    if (!transaction.docChanged) return built;
    const { desc } = transaction.changes;
    return { starts: built.starts, changes: built.changes?.composeDesc(desc) ?? desc };
  },
});

function asBuilt({ doc }: EditorState): Built {
  return { starts: Array.from({ length: doc.lines }, (_, i) => doc.line(i + 1).from), changes: null };
}

/** Whether something else stands there than what was compiled. */
export const isEdited = (state: EditorState): boolean => state.field(builtLines).changes !== null;

/** Where a line of the program that runs stands now; null if it is gone. */
export function lineNow(state: EditorState, line: number): number | null {
  const { starts, changes } = state.field(builtLines);
  const start = starts[line - 1];
  if (start === undefined) return null;
  const now = changes ? changes.mapPos(start, 1, MapMode.TrackDel) : start;
  return now === null ? null : state.doc.lineAt(now).number;
}

/** Which line of the program that runs stands at one now; one that is new stands for itself. */
export function lineBuilt(state: EditorState, now: number): number {
  const { starts } = state.field(builtLines);
  for (let line = 1; line <= starts.length; line += 1) if (lineNow(state, line) === now) return line;
  return now;
}
