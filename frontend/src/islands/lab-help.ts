import {
  type Completion,
  type CompletionContext,
  type CompletionSource,
  startCompletion,
} from "@codemirror/autocomplete";
import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import type { LabLanguage } from "../api/lab-language.ts";
import { labMeaning, labWords, namesIn, statementWords, wordMeaning } from "../views/lab-completion.ts";
import { parameterWords, scriptWords, type Word, type Words } from "../views/lab-words.ts";
import { scanYaml } from "../views/yaml-place.ts";

/** What help goes by. What is not there yet is null: then there is no help yet. */
export interface LabKnowledge {
  readonly language: LabLanguage | null;
  /** lab.yaml, where another file is written. */
  readonly lab: string;
  /** Paths of the files of the lab. */
  readonly files: readonly string[];
}

const UNKNOWN = "Nothing is known of what stands here.";

/** Ends of a word behind which the next words are offered at once. */
const GOES_ON = /(\.|\(|\[|: |=|> |< |timer )$/;

/** Offers what can be written at the caret. Unasked only where something has been begun. */
export function labCompletion(path: string, knowledge: () => LabKnowledge): CompletionSource {
  return (context) => {
    const { language, lab, files } = knowledge();
    if (!language) return null;
    const { from, words } = wordsAt(path, context, language, lab, files);
    const written = context.state.sliceDoc(from, context.pos);
    const before = context.state.sliceDoc(Math.max(0, from - 2), from);
    if (words.length === 0 || (!context.explicit && written === "" && !/["\w)\]]?[.({[|=,>:"-] ?$/.test(before)))
      return null;
    const gap = before.endsWith(":") && path.endsWith(".yaml") && !/["']/.test(before) ? " " : "";
    return { from, options: words.map((word, i) => option(word, gap, words.length - i)) };
  };
}

function wordsAt(
  path: string,
  { state, pos }: CompletionContext,
  language: LabLanguage,
  lab: string,
  files: readonly string[],
): Words {
  const text = state.doc.toString();
  if (path.endsWith(".yaml")) return labWords(text, pos, language, files);
  const names = namesIn(scanYaml(lab, 0).root, files);
  const line = state.doc.lineAt(pos);
  const before = state.sliceDoc(line.from, pos);
  const script = () => parameterWords(before, names) ?? scriptWords(before, language, names);
  const { from, words } = path.endsWith(".md") ? statementWords(before, names) : script();
  return { from: line.from + from, words };
}

function option({ text, detail, info }: Word, gap: string, rank: number): Completion {
  return {
    label: text.trim() === "" ? text : text.trimEnd(),
    detail,
    boost: Math.min(rank, 99) / 100, // in the order of the schema, where they fit equally well
    ...(info === "" ? {} : { info: () => helpDom("", info) }),
    apply(view, _, from, to) {
      view.dispatch({
        changes: { from, to, insert: gap + text },
        selection: { anchor: from + gap.length + text.length },
        userEvent: "input.complete",
      });
      if (GOES_ON.test(text)) startCompletion(view);
    },
  };
}

function helpDom(title: string, text: string): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "cm-man";
  for (const [tag, line] of [
    ...(title === "" ? [] : [["code", title]]),
    ...text.split("\n").map((line) => ["p", line]),
  ]) {
    const part = document.createElement(tag ?? "p");
    part.textContent = line ?? "";
    dom.append(part);
  }
  return dom;
}

const asked = StateEffect.define<Tooltip | null>();
/** Stays until something is written or the caret moves. */
const answer = StateField.define<Tooltip | null>({
  create: () => null,
  update(tooltip, transaction) {
    for (const effect of transaction.effects) if (effect.is(asked)) return effect.value;
    return transaction.docChanged || transaction.selection ? null : tooltip;
  },
  provide: (field) => showTooltip.from(field),
});

/** What a word means: for who points at it, and by F1 for who has the caret in it. */
export function labMeanings(path: string, knowledge: () => LabKnowledge): Extension {
  const meaning = (view: EditorView, at: number) => {
    const { language } = knowledge();
    if (!language) return null;
    if (path.endsWith(".yaml")) return labMeaning(view.state.doc.toString(), at, language);
    const word = view.state.wordAt(at);
    const title = word ? view.state.sliceDoc(word.from, word.to) : "";
    const text = word && path.endsWith(".pkt") ? wordMeaning(title, language) : "";
    return word && text !== "" ? { from: word.from, to: word.to, title, meaning: text } : null;
  };
  const tooltip = (view: EditorView, at: number): Tooltip | null => {
    const found = meaning(view, at);
    if (!found) return null;
    const { title, meaning: text } = found;
    return { pos: found.from, end: found.to, above: true, create: () => ({ dom: helpDom(title, text) }) };
  };
  const ask = (view: EditorView): boolean => {
    const at = view.state.selection.main.head;
    const told = meaning(view, at);
    const said = told ? `${told.title}: ${told.meaning}` : UNKNOWN;
    const shown = tooltip(view, at) ?? { pos: at, above: true, create: () => ({ dom: helpDom("", UNKNOWN) }) };
    view.dispatch({ effects: [asked.of(shown), EditorView.announce.of(said)] });
    return true;
  };
  const close = (view: EditorView): boolean => {
    if (!view.state.field(answer)) return false;
    view.dispatch({ effects: asked.of(null) });
    return true;
  };
  return [
    hoverTooltip(tooltip),
    answer,
    keymap.of([
      { key: "F1", run: ask, preventDefault: true },
      { key: "Escape", run: close },
    ]),
  ];
}
