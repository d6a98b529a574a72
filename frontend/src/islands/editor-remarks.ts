import type { Diagnostic } from "@codemirror/lint";
import type { RemarkMark } from "./program-remarks.ts";

/**
 * A mark in the margin, where pointing tells what there is to say and leads to its events. The line itself is left as it is.
 *
 * @param at where the line begins
 */
export function markOfRemark(at: number, remark: RemarkMark, goTo: (seq: number) => void): Diagnostic {
  const { text, lesson, events, later } = remark;
  return {
    from: at,
    to: at,
    // the severities that compilers do not use: their marks have looks of their own
    severity: later ? "hint" : "info",
    message: text,
    renderMessage: () => {
      const dom = document.createElement("div");
      dom.className = "cm-about";
      for (const [tag, said] of [
        ["p", text],
        ["p", lesson],
      ] as const) {
        const part = document.createElement(tag);
        part.textContent = said;
        dom.append(part);
      }
      return dom;
    },
    actions: events.map((seq) => ({ name: `Event ${seq}`, apply: () => goTo(seq) })),
  };
}
