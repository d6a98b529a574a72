import { type EditorState, type Extension, RangeSet, StateEffect, StateField } from "@codemirror/state";
import { type EditorView, GutterMarker, gutter } from "@codemirror/view";
import { type MarginNote, SHAPES, STANDING_WORDS } from "../views/code-margin.ts";
import { socketBadge } from "../views/diagram-text.ts";
import { hueOf } from "../views/linked.ts";
import { lineNow } from "./editor-built.ts";

/** The calls of the file, by the lines of the program that runs. */
export const setNotes = StateEffect.define<readonly MarginNote[]>();

const NONE: RangeSet<GutterMarker> = RangeSet.empty;

const notesField = StateField.define<RangeSet<GutterMarker>>({
  create: () => NONE,
  update(notes, transaction) {
    const told = transaction.effects.find((effect) => effect.is(setNotes));
    if (told) return placed(transaction.state, told.value as readonly MarginNote[]);
    return transaction.docChanged ? notes.map(transaction.changes) : notes;
  },
});

function placed(state: EditorState, notes: readonly MarginNote[]): RangeSet<GutterMarker> {
  const ranges = notes.flatMap((note) => {
    const line = lineNow(state, note.line);
    return line === null ? [] : [new NoteMarker(note).range(state.doc.line(line).from)];
  });
  return RangeSet.of(ranges, true);
}

class NoteMarker extends GutterMarker {
  readonly note: MarginNote;

  constructor(note: MarginNote) {
    super();
    this.note = note;
  }

  override eq(other: NoteMarker): boolean {
    return JSON.stringify(this.note) === JSON.stringify(other.note);
  }

  override toDOM(): Node {
    const { seq, standing, name, result, count, socket } = this.note;
    const dom = document.createElement("span");
    dom.className = "call-note";
    dom.title = `${name}() ${STANDING_WORDS[standing]}${result.startsWith("=") ? ` ${result.slice(2)}` : ""}: event ${seq}`;
    Object.assign(dom.dataset, { goto: seq, standing, ...(socket > 0 ? { hue: hueOf(socket) } : {}) });
    const parts: [string, string][] = [
      ["call-shape", SHAPES[standing]],
      ["call-name", name],
      ["call-result", result],
    ];
    if (count > 1) parts.push(["call-count", `×${count}`]);
    if (socket > 0) parts.push(["call-socket", socketBadge(socket)]);
    for (const [kind, text] of parts) {
      const part = document.createElement("span");
      part.className = kind;
      part.textContent = text;
      dom.append(part);
    }
    return dom;
  }
}

/**
 * The margin beside the code with the calls of each line.
 *
 * @param pointed is told the line of the program that runs whose call is pointed at, and null afterwards
 */
export function marginOfCalls(pointed: (line: number | null) => void): Extension {
  return [
    notesField,
    gutter({
      class: "cm-calls",
      side: "after",
      markers: (view) => view.state.field(notesField),
      domEventHandlers: {
        mouseover: (view, { from }) => {
          pointed(noteAt(view, from)?.line ?? null);
          return false;
        },
        mouseleave: () => {
          pointed(null);
          return false;
        },
      },
    }),
  ];
}

function noteAt({ state }: EditorView, at: number): MarginNote | undefined {
  let found: MarginNote | undefined;
  state.field(notesField).between(at, at, (_from, _to, marker) => {
    found = (marker as NoteMarker).note;
  });
  return found;
}
