import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { cpp } from "@codemirror/lang-cpp";
import { bracketMatching, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter, setDiagnostics } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import type { CallInfo } from "../api/rest.ts";
import type { Message } from "../compile/messages.ts";

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
    const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
    const started = (): boolean => {
      run();
      return true;
    };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          EditorView.cspNonce.of(nonce),
          lineNumbers(),
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
          cpp(),
          syntaxHighlighting(colours),
          currentLine,
          hoverTooltip((view, at) => manPage(view, at, calls)),
          EditorView.contentAttributes.of({ "aria-label": "C source; Escape, then Tab leaves the editor" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
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
    const { doc } = this.#view.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
    this.#view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    this.#view.focus();
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
