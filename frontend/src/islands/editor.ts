import { autocompletion } from "@codemirror/autocomplete";
import { cpp } from "@codemirror/lang-cpp";
import { indentUnit } from "@codemirror/language";
import { type Diagnostic, setDiagnostics } from "@codemirror/lint";
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
import { markOfRemark } from "./editor-remarks.ts";
import type { RemarkMark } from "./program-remarks.ts";

/** Who is told what is done in the editor. Lines are as they stand now, unless it says otherwise. */
export interface EditorListener {
  calls(): readonly CallInfo[];
  changed(text: string): void;
  run(): void;
  toggleBreakpoint(line: number): void;
  breakpointsMoved(now: readonly Breakpoint[]): void;
  caretMoved(): void;
  goToEvent(seq: number): void;
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

/** Over what the editor brings: the margin with the calls is part of the page, and remarks have marks of our own. */
const looks = EditorView.theme({
  ".cm-gutters": { borderColor: "var(--line)" },
  ".cm-gutters.cm-gutters-after": { backgroundColor: "var(--surface)", borderColor: "var(--line)" },
  ".cm-lint-marker-info, .cm-lint-marker-hint": { content: "normal" },
  ".cm-lintPoint-info:after, .cm-lintPoint-hint:after": { content: "none" },
  ".cm-diagnostic-info, .cm-diagnostic-hint": { borderLeftColor: "var(--warn)" },
  ".cm-diagnosticAction": {
    margin: "0 var(--space-2) 0 0",
    padding: "0.15rem 0",
    color: "var(--accent)",
    backgroundColor: "transparent",
    textDecoration: "underline",
  },
});

/** An editor for the C files of programs, one of them at a time. Loaded when somebody wants to write, for it is large. */
export class Editor {
  readonly #view: EditorView;
  readonly #listener: EditorListener;
  readonly #extensions: Extension;
  /** The files that have been open, each with its history. */
  readonly #states = new Map<string, EditorState>();
  #open = "";
  #current = 0;
  #notes = "";
  #messages: readonly Message[] = [];
  #remarks: readonly RemarkMark[] = [];
  /** Where the program stands stays in sight when what is around the editor takes or gives room. */
  readonly #resized = new ResizeObserver(() => this.#showCurrent());

  constructor(parent: Element, listener: EditorListener) {
    this.#listener = listener;
    this.#extensions = extensions(listener);
    this.#view = new EditorView({ parent, state: EditorState.create({ extensions: this.#extensions }) });
    this.#view.scrollDOM.tabIndex = 0; // so that it can be scrolled by keys, too
    this.#resized.observe(parent);
  }

  /** Shows a file. It is as it was left, if its text is still that. */
  open(file: string, text: string, breakpoints: readonly Breakpoint[]): void {
    if (this.#open !== "") this.#states.set(this.#open, this.#view.state);
    this.#open = file;
    this.#current = 0;
    this.#notes = "";
    this.#remarks = [];
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
    this.#remarks = []; // their lines were of what ran before
    this.#markAll();
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
    this.#messages = messages;
    this.#markAll();
  }

  /** Marks the lines of the program that runs of which there is something to say. */
  showRemarks(remarks: readonly RemarkMark[]): void {
    if (JSON.stringify(remarks) === JSON.stringify(this.#remarks)) return;
    this.#remarks = remarks;
    this.#markAll();
  }

  #markAll(): void {
    const { state } = this.#view;
    const { doc } = state;
    const said = this.#messages
      .filter(({ line, severity }) => line >= 1 && line <= doc.lines && severity !== "note")
      .map(({ severity, line, column, text, plain }) =>
        markAt(doc, line, column, severity === "error" ? "error" : "warning", plain ? `${text}\n${plain}` : text),
      );
    const remarked = this.#remarks.flatMap((remark): Diagnostic[] => {
      const line = lineNow(state, remark.line);
      return line === null ? [] : [markOfRemark(doc.line(line).from, remark, (seq) => this.#listener.goToEvent(seq))];
    });
    this.#view.dispatch(setDiagnostics(state, [...said, ...remarked]));
  }

  /** Shows where the program stands: at a line of the one that runs, 0 for nowhere. */
  stand(line: number): void {
    if (line === this.#current) return;
    this.#current = line;
    const now = line < 1 ? null : lineNow(this.#view.state, line);
    this.#view.dispatch({ effects: setCurrent.of(now ?? 0) });
    this.#showCurrent();
  }

  #showCurrent(): void {
    const { state } = this.#view;
    const now = this.#current < 1 ? null : lineNow(state, this.#current);
    if (now === null) return;
    this.#view.dispatch({ effects: EditorView.scrollIntoView(state.doc.line(now).from, { y: "center" }) });
  }

  goTo(line: number): void {
    goToLine(this.#view, line);
  }

  /** To where a line of the program that runs stands now; to the first line if it is gone. */
  goToBuilt(line: number): void {
    goToLine(this.#view, lineNow(this.#view.state, line) ?? 1);
  }

  destroy(): void {
    this.#resized.disconnect();
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
    looks,
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
