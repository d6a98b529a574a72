import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { cpp } from "@codemirror/lang-cpp";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension, type Range, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { CallInfo } from "../api/rest.ts";
import type { Message } from "../compile/messages.ts";
import type { MarginNote } from "../views/code-margin.ts";
import type { Breakpoint } from "./breakpoints.ts";
import { marginOfBreakpoints, setBreakpoints } from "./editor-breakpoints.ts";
import { builtLines, isEdited, lineBuilt, lineNow, rebuilt } from "./editor-built.ts";
import { manPages } from "./editor-man.ts";
import { marginOfCalls, setNotes } from "./editor-margin.ts";

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

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.typeName], class: "cm-word" },
  { tag: [tags.string, tags.character], class: "cm-text" },
  { tag: tags.number, class: "cm-figure" },
  { tag: tags.comment, class: "cm-remark" },
  { tag: [tags.processingInstruction, tags.meta], class: "cm-directive" },
]);

/** The editor's own sheet stands above ours, which is in a layer: what both say has to be said here. */
const gutters = EditorView.theme({
  ".cm-gutters": { backgroundColor: "var(--sunken)", color: "var(--ink-soft)" },
  ".cm-gutters.cm-gutters-after": { backgroundColor: "var(--surface)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--accent-soft)" },
});

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
      .map(({ severity, line, column, text, plain }): Diagnostic => {
        const at = doc.line(line);
        const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
        return {
          from,
          to: Math.max(from, Math.min(from + 1, at.to)),
          severity: severity === "error" ? "error" : "warning",
          message: plain ? `${text}\n${plain}` : text,
        };
      });
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
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}

function extensions(listener: EditorListener): Extension {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
  const started = (): boolean => {
    listener.run();
    return true;
  };
  return [
    EditorView.cspNonce.of(nonce),
    gutters,
    builtLines,
    marginOfBreakpoints(
      (line) => listener.toggleBreakpoint(line),
      (now) => listener.breakpointsMoved(now),
    ),
    lineNumbers({
      domEventHandlers: {
        mousedown: (view, { from }) => {
          listener.toggleBreakpoint(view.state.doc.lineAt(from).number);
          return true;
        },
      },
    }),
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    indentUnit.of("    "),
    bracketMatching(),
    closeBrackets(),
    autocompletion(),
    highlightSelectionMatches(),
    lintGutter(),
    marginOfCalls((line) => listener.pointed(line)),
    cpp(),
    syntaxHighlighting(colours),
    currentLine,
    manPages(() => listener.calls()),
    EditorView.contentAttributes.of({ "aria-label": "C source; Escape, then Tab leaves the editor" }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) listener.changed(update.state.doc.toString());
      if (update.selectionSet || update.docChanged) listener.caretMoved();
    }),
    keymap.of([
      { key: "Mod-Enter", run: started },
      { key: "Tab", run: indentMore, shift: indentLess },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
    ]),
  ];
}
