import { autocompletion } from "@codemirror/autocomplete";
import { cpp } from "@codemirror/lang-cpp";
import { indentUnit } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, Prec, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, hoverTooltip, keymap } from "@codemirror/view";
import type { CallInfo } from "../api/rest.ts";
import type { Message } from "../compile/messages.ts";
import { editing, goToLine, markAt } from "./editing.ts";

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

/** An editor for C. Loaded when somebody wants to write, for it is large. */
export class Editor {
  readonly #view: EditorView;
  #current = 0;

  constructor(
    parent: Element,
    text: string,
    calls: readonly CallInfo[],
    changed: (text: string) => void,
    run: () => void,
  ) {
    const started = (): boolean => {
      run();
      return true;
    };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          editing("C source", changed),
          indentUnit.of("    "),
          autocompletion(),
          cpp(),
          currentLine,
          hoverTooltip((view, at) => manPage(view, at, calls)),
          Prec.high(keymap.of([{ key: "Mod-Enter", run: started }])),
        ],
      }),
    });
    this.#view.scrollDOM.tabIndex = 0; // so that it can be scrolled by keys, too
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  set text(text: string) {
    if (text === this.text) return;
    this.#view.dispatch({ changes: { from: 0, to: this.#view.state.doc.length, insert: text } });
  }

  /** Puts what the compiler says where it belongs. */
  mark(messages: readonly Message[]): void {
    const { doc } = this.#view.state;
    const diagnostics = messages
      .filter(({ line, severity }) => line >= 1 && line <= doc.lines && severity !== "note")
      .map(({ severity, line, column, text, plain }) =>
        markAt(
          doc,
          line,
          column,
          severity === "error" ? "error" : "warning",
          plain
            ? `${text}
${plain}`
            : text,
        ),
      );
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics));
  }

  /** Shows where the program stands. */
  stand(line: number): void {
    if (line === this.#current) return;
    this.#current = line;
    const { doc } = this.#view.state;
    const effects: StateEffect<unknown>[] = [setCurrent.of(line)];
    if (line >= 1 && line <= doc.lines) effects.push(EditorView.scrollIntoView(doc.line(line).from, { y: "center" }));
    this.#view.dispatch({ effects });
  }

  goTo(line: number): void {
    goToLine(this.#view, line);
  }

  destroy(): void {
    this.#view.destroy();
  }
}

/** What a call does, over its name. */
function manPage(view: EditorView, at: number, calls: readonly CallInfo[]) {
  const word = view.state.wordAt(at);
  const name = word ? view.state.sliceDoc(word.from, word.to) : "";
  const call = calls.find((known) => known.name === name);
  if (!word || !call) return null;
  return {
    pos: word.from,
    above: true,
    create: () => {
      const dom = document.createElement("div");
      dom.className = "cm-man";
      for (const [tag, text] of [
        ["code", call.signature],
        ["p", call.summary],
        ["p", `Returns: ${call.returns}`],
      ] as const) {
        const part = document.createElement(tag);
        part.textContent = text;
        dom.append(part);
      }
      return { dom };
    },
  };
}
