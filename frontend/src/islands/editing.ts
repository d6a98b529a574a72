import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore } from "@codemirror/commands";
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { type Diagnostic, lintGutter } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import type { Extension, Text } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.controlKeyword, tags.typeName], class: "cm-word" },
  { tag: [tags.definition(tags.propertyName), tags.propertyName, tags.heading], class: "cm-word" },
  { tag: [tags.string, tags.character, tags.monospace], class: "cm-text" },
  { tag: [tags.number, tags.url], class: "cm-figure" },
  { tag: [tags.comment, tags.quote], class: "cm-remark" },
  { tag: [tags.processingInstruction, tags.meta], class: "cm-directive" },
]);

/** Over the editor's own styles, which know light and dark only by what they are told. */
const theme = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--surface)" },
  ".cm-gutters": { color: "var(--ink-soft)", backgroundColor: "var(--sunken)", borderRight: "1px solid var(--line)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--accent-soft)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-selectionMatch": { backgroundColor: "var(--warn-soft)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--accent-soft)", outline: "1px solid var(--accent)" },
  ".cm-tooltip": { color: "var(--ink)", backgroundColor: "var(--surface)", border: "1px solid var(--line-strong)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--mono)", maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    color: "var(--accent-ink)",
    backgroundColor: "var(--accent)",
  },
  ".cm-completionDetail": { color: "var(--ink-soft)", fontStyle: "normal", fontFamily: "var(--sans)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--sunken)" },
});

/**
 * What every editor here has, whatever is written in it.
 *
 * @param numbers of the lines, where something is done by them
 */
export function editing(label: string, changed: (text: string) => void, numbers = lineNumbers()): Extension {
  const nonce = document.querySelector<HTMLMetaElement>("meta[name=style-nonce]")?.content ?? "";
  return [
    EditorView.cspNonce.of(nonce),
    theme,
    numbers,
    highlightActiveLineGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    highlightSelectionMatches(),
    lintGutter(),
    syntaxHighlighting(colours),
    EditorView.contentAttributes.of({ "aria-label": `${label}; Escape, then Tab leaves the editor` }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) changed(update.state.doc.toString());
    }),
    keymap.of([
      { key: "Tab", run: indentMore, shift: indentLess },
      ...closeBracketsKeymap,
      ...defaultKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...completionKeymap,
    ]),
  ];
}

/** A mark at a line and a column, both from 1; columns beyond the line's end are its end. */
export function markAt(
  doc: Text,
  line: number,
  column: number,
  severity: "error" | "warning",
  message: string,
): Diagnostic {
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
  const from = Math.min(at.from + Math.max(column - 1, 0), at.to);
  return { from, to: Math.max(from, Math.min(from + 1, at.to)), severity, message };
}

/** Shows a line, and goes on writing there. */
export function goToLine(view: EditorView, line: number): void {
  const { doc } = view.state;
  const at = doc.line(Math.min(Math.max(line, 1), doc.lines)).from;
  view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
  view.focus();
}
