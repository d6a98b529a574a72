import { autocompletion } from "@codemirror/autocomplete";
import { cpp } from "@codemirror/lang-cpp";
import { indentUnit } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, Prec, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from "@codemirror/view";
import type { CallInfo } from "../api/rest.ts";
import type { Message } from "../compile/messages.ts";
import type { MarginNote } from "../views/code-margin.ts";
import type { Breakpoint } from "./breakpoints.ts";
import { editing, goToLine, markAt } from "./editing.ts";
import { marginOfBreakpoints, setBreakpoints } from "./editor-breakpoints.ts";
import { builtLines, isEdited, lineBuilt, lineNow, rebuilt } from "./editor-built.ts";
import { manPages } from "./editor-man.ts";
import { marginOfCalls, setNotes } from "./editor-margin.ts";
import { keepsRegions } from "./editor-regions.ts";

/** Who is told what is done in the editor. Lines are as they stand now, unless it says otherwise. */
export interface EditorListener {
  calls(): readonly CallInfo[];
  changed(text: string): void;
  run(): void;
  toggleBreakpoint(line: number): void;
  breakpointsMoved(now: readonly Breakpoint[]): void;
  caretMoved(): void;
  /** At a call of a line, as it was compiled; null: no longer. */
  pointed(line: number | null): void;
}

/** Where a program stands at the cursor; 0 for nowhere. */
const setCurrent = StateEffect.define<number>();

const currentLine = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const moved = transaction.effects.find((effect) => effect.is(setCurrent));
    if (!moved) return marks.map(transaction.changes);
    const line = moved.value as number;
    if (line < 1 || line > transaction.state.doc.lines) return Decoration.none;
    const mark: Range<Decoration> = Decoration.line({ class: "cm-here" }).range(transaction.state.doc.line(line).from);
    return Decoration.set([mark]);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The margin with the calls is part of the page rather than of the text. */
const margin = EditorView.theme({ ".cm-gutters.cm-gutters-after": { backgroundColor: "var(--surface)" } });

/** An editor for the C files of programs, one of them at a time. Loaded when somebody wants to write, for it is large. */
export class Editor {
  readonly #view: EditorView;
  readonly #extensions: Extension;
  /** The files that have been open, each with its history. */
  readonly #states = new Map<string, EditorState>();
  #open = "";
  #current = 0;
  #notes = "";

  constructor(parent: Element, listener: EditorListener) {
    this.#extensions = extensions(listener);
    this.#view = new EditorView({ parent, state: EditorState.create({ extensions: this.#extensions }) });
    this.#view.scrollDOM.tabIndex = 0; // so that it can be scrolled by keys, too
  }

  /** Shows a file. It is as it was left, if its text is still that. */
  open(file: string, text: string, breakpoints: readonly Breakpoint[]): void {
    if (this.#open !== "") this.#states.set(this.#open, this.#view.state);
    this.#open = file;
    this.#current = 0;
    this.#notes = "";
    const left = this.#states.get(file);
    const sameText = left?.doc.toString() === text;
    this.#view.setState(left && sameText ? left : EditorState.create({ doc: text, extensions: this.#extensions }));
    this.#view.dispatch({ effects: [setBreakpoints.of(breakpoints), setCurrent.of(0)] });
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  /** Of the caret. */
  get line(): number {
    const { doc, selection } = this.#view.state;
    return doc.lineAt(selection.main.head).number;
  }

  /** Which line of the program that runs stands at one. */
  built(line: number): number {
    return lineBuilt(this.#view.state, line);
  }

  /** Whether something else stands there than what was compiled last. */
  get edited(): boolean {
    return isEdited(this.#view.state);
  }

  /** What stands in the files of a program is what has been compiled; their names begin with `prefix`. */
  rebuilt(prefix: string): void {
    this.#states.set(this.#open, this.#view.state);
    for (const [file, state] of this.#states) {
      if (file.startsWith(prefix)) this.#states.set(file, state.update({ effects: rebuilt.of(null) }).state);
    }
    if (this.#open.startsWith(prefix)) this.#view.dispatch({ effects: rebuilt.of(null) });
    this.#current = 0;
    this.#notes = "";
  }

  showBreakpoints(breakpoints: readonly Breakpoint[]): void {
    this.#view.dispatch({ effects: setBreakpoints.of(breakpoints) });
  }

  /** Shows which calls the lines of the program that runs have made. */
  showNotes(notes: readonly MarginNote[]): void {
    const told = JSON.stringify(notes);
    if (told === this.#notes) return;
    this.#notes = told;
    this.#view.dispatch({ effects: setNotes.of(notes) });
  }

  /** Puts what the compiler says where it belongs. */
  mark(messages: readonly Message[]): void {
    const { doc } = this.#view.state;
    const diagnostics = messages
      .filter(({ line, severity }) => line >= 1 && line <= doc.lines && severity !== "note")
      .map(({ severity, line, column, text, plain }) =>
        markAt(doc, line, column, severity === "error" ? "error" : "warning", plain ? `${text}\n${plain}` : text),
      );
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Shows where the program stands: at a line of the one that runs, 0 for nowhere. */
  stand(line: number): void {
    if (line === this.#current) return;
    this.#current = line;
    const { state } = this.#view;
    const now = line < 1 ? null : lineNow(state, line);
    const effects: StateEffect<unknown>[] = [setCurrent.of(now ?? 0)];
    if (now !== null) effects.push(EditorView.scrollIntoView(state.doc.line(now).from, { y: "center" }));
    this.#view.dispatch({ effects });
  }

  goTo(line: number): void {
    goToLine(this.#view, line);
  }

  destroy(): void {
    this.#view.destroy();
  }
}

function extensions(listener: EditorListener): Extension {
  const started = (): boolean => {
    listener.run();
    return true;
  };
  const numbers = lineNumbers({
    domEventHandlers: {
      mousedown: (view, { from }) => {
        listener.toggleBreakpoint(view.state.doc.lineAt(from).number);
        return true;
      },
    },
  });
  return [
    Prec.high(keymap.of([{ key: "Mod-Enter", run: started }])),
    margin,
    builtLines,
    marginOfBreakpoints(
      (line) => listener.toggleBreakpoint(line),
      (now) => listener.breakpointsMoved(now),
    ),
    editing("C source", (text) => listener.changed(text), numbers),
    indentUnit.of("    "),
    autocompletion(),
    marginOfCalls((line) => listener.pointed(line)),
    cpp(),
    currentLine,
    keepsRegions,
    manPages(() => listener.calls()),
    EditorView.updateListener.of((update) => {
      if (update.selectionSet || update.docChanged) listener.caretMoved();
    }),
  ];
}
