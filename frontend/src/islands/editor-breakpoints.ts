import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { EditorView, GutterMarker, gutter } from "@codemirror/view";
import type { Breakpoint } from "./breakpoints.ts";

export const setBreakpoints = StateEffect.define<readonly Breakpoint[]>();

class StopMarker extends GutterMarker {
  readonly built: number;

  constructor(built: number) {
    super();
    this.built = built;
  }

  override eq(other: StopMarker): boolean {
    return other.built === this.built;
  }

  override toDOM(): Node {
    const dom = document.createElement("span");
    dom.className = "breakpoint";
    dom.title = "Running stops when this line makes a call";
    return dom;
  }
}

const stops = StateField.define<RangeSet<StopMarker>>({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    const told = transaction.effects.find((effect) => effect.is(setBreakpoints));
    if (!told) return transaction.docChanged ? marks.map(transaction.changes) : marks;
    const { doc } = transaction.state;
    const ranges = (told.value as readonly Breakpoint[])
      .filter(({ line }) => line >= 1 && line <= doc.lines)
      .map(({ line, built }) => new StopMarker(built).range(doc.line(line).from));
    return RangeSet.of(ranges, true);
  },
});

/** Where breakpoints stand now. */
export function breakpointsIn(state: EditorState): Breakpoint[] {
  const found = new Map<number, Breakpoint>();
  for (const cursor = state.field(stops).iter(); cursor.value; cursor.next()) {
    const line = state.doc.lineAt(cursor.from).number;
    found.set(line, { line, built: cursor.value.built });
  }
  return [...found.values()];
}

/**
 * Breakpoints beside the numbers of lines.
 *
 * @param toggle a line that was clicked beside
 * @param moved after they have gone along with what was written
 */
export function marginOfBreakpoints(
  toggle: (line: number) => void,
  moved: (now: readonly Breakpoint[]) => void,
): Extension {
  return [
    stops,
    gutter({
      class: "cm-breakpoints",
      markers: (view) => view.state.field(stops),
      initialSpacer: () => new StopMarker(0),
      domEventHandlers: {
        mousedown: (view, { from }) => {
          toggle(view.state.doc.lineAt(from).number);
          return true;
        },
      },
    }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged && update.startState.field(stops).size > 0) moved(breakpointsIn(update.state));
    }),
  ];
}
