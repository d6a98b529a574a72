import { autocompletion } from "@codemirror/autocomplete";
import { markdown } from "@codemirror/lang-markdown";
import { yaml } from "@codemirror/lang-yaml";
import { indentUnit, StreamLanguage } from "@codemirror/language";
import { setDiagnostics } from "@codemirror/lint";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Mistake } from "../api/drafts.ts";
import { editing, goToLine, markAt } from "./editing.ts";
import { type LabKnowledge, labCompletion, labMeanings } from "./lab-help.ts";

/** Scripts of calls, as far as colours go. */
const script = StreamLanguage.define<null>({
  name: "pkt",
  startState: () => null,
  languageData: { commentTokens: { line: "//" } },
  token(stream) {
    if (stream.match(/^\/\/.*/) || stream.match(/^\/\*.*?\*\//)) return "comment";
    if (stream.match(/^"(\\.|[^"\\])*"/)) return "string";
    if (stream.match(/^\{\{.*?\}\}/) || stream.match(/^\$\w+/)) return "meta";
    if (stream.sol() && stream.match(/^[+\d.]+(ms|us|s)?\s/)) return "number";
    if (stream.match(/^[A-Za-z_]\w*(?=\()/)) return "keyword";
    if (stream.match(/^-?\d[\d.]*/)) return "number";
    if (!stream.match(/^[\w.]+/)) stream.next();
    return null;
  },
});

function languageOf(path: string): Extension {
  if (path.endsWith(".yaml")) return yaml();
  if (path.endsWith(".md")) return markdown();
  return path.endsWith(".pkt") ? script : [];
}

const hasLabWords = (path: string): boolean => /\.(yaml|md|pkt)$/.test(path);

/** An editor for a lab's files. Loaded on the page that has one, for it is large. */
export class LabEditor {
  readonly #view: EditorView;

  constructor(
    parent: Element,
    path: string,
    text: string,
    knowledge: () => LabKnowledge,
    changed: (text: string) => void,
    save: () => void,
  ) {
    const saved = (): boolean => {
      save();
      return true;
    };
    this.#view = new EditorView({
      parent,
      state: EditorState.create({
        doc: text,
        extensions: [
          editing(path, changed),
          indentUnit.of("  "),
          languageOf(path),
          hasLabWords(path)
            ? [autocompletion({ override: [labCompletion(path, knowledge)] }), labMeanings(path, knowledge)]
            : autocompletion(),
          EditorView.lineWrapping,
          Prec.high(keymap.of([{ key: "Mod-s", run: saved, preventDefault: true }])),
        ],
      }),
    });
    this.#view.scrollDOM.tabIndex = 0; // so that it can be scrolled by keys, too
  }

  get text(): string {
    return this.#view.state.doc.toString();
  }

  mark(mistakes: readonly Mistake[]): void {
    const { doc } = this.#view.state;
    const marks = mistakes.map(({ line, column, message }) => markAt(doc, line, column, "error", message));
    this.#view.dispatch(setDiagnostics(this.#view.state, marks));
  }

  goTo(line: number): void {
    goToLine(this.#view, line);
  }
}
