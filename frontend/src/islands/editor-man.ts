import type { Extension } from "@codemirror/state";
import { type EditorView, hoverTooltip } from "@codemirror/view";
import type { CallInfo } from "../api/rest.ts";

/** What a call does, over its name. */
export function manPages(calls: () => readonly CallInfo[]): Extension {
  return hoverTooltip((view, at) => manPage(view, at, calls()));
}

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
