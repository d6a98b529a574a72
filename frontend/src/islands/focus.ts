import type { Focus } from "./bench-keys.ts";

/** Puts the caret where something is to be written, or opens what is asked for; once it has been drawn, and is shown. */
export function focusOn(what: Focus, consoleShown: string): void {
  const ids = {
    until: "run-until",
    goto: "goto-event",
    keys: "keys",
    console: `console-${consoleShown}`,
    "fork-name": "fork-name",
    why: "why",
    fault: "fault-here",
    moment: "moment",
    step: "step",
  };
  if (!opened(ids[what])) requestAnimationFrame(() => opened(ids[what]));
}

/** The first of the answers of what is asked; what has none is gone to itself. */
function answer(found: HTMLElement | null): HTMLElement | null {
  return found?.id === "moment" ? (found.querySelector<HTMLElement>("[data-choice], input") ?? found) : found;
}

function opened(id: string): boolean {
  const found = document.getElementById(id);
  if (found instanceof HTMLDialogElement) found.showModal();
  else answer(found)?.focus();
  return found instanceof HTMLDialogElement || found?.contains(document.activeElement) === true;
}
