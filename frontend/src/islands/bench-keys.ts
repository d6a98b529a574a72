import type { Act } from "../views/transport.ts";
import type { Pane } from "./bench-page.ts";
import type { Recording } from "./recording.ts";

/** What the keys act on. */
export interface KeyTarget {
  readonly recording: Recording;
  /** Whether single letters act: WCAG 2.1.4 wants a way to turn them off. */
  readonly keys: boolean;
  readonly tabs: readonly { readonly id: string }[];
  act(act: Act): void;
  show(change: { readonly tab?: string; readonly pane?: Pane }): void;
  /** Puts the caret where something is to be written, or opens what is asked for. */
  focus(what: "until" | "goto" | "keys"): void;
  seek(seq: number): void;
  changed(): void;
}

const ACTS: Readonly<Record<string, Act>> = {
  ArrowLeft: "prev",
  ArrowRight: "next",
  Home: "first",
  End: "last",
  s: "step",
  c: "step-call",
  r: "run",
  " ": "play",
  "[": "rtt-before",
  "]": "rtt-after",
};

const FOCUS: Readonly<Record<string, "until" | "goto" | "keys">> = { u: "until", g: "goto", "?": "keys" };

/** Single keys act only while nothing is being typed or moved with them. */
export function benchKey(event: KeyboardEvent, target: KeyTarget): void {
  const at = event.target as HTMLElement;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const goto = at.closest?.<SVGElement>("[data-goto]")?.dataset["goto"];
  if (goto !== undefined && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    target.seek(Number(goto));
    return;
  }
  if (at.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
  if (event.shiftKey && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
    target.recording.moveByCall(event.key === "ArrowLeft" ? -1 : 1);
    event.preventDefault();
    target.changed();
    return;
  }
  const tab = target.keys && /^[1-9]$/.test(event.key) ? target.tabs[Number(event.key) - 1] : undefined;
  if (tab) {
    event.preventDefault();
    target.show({ tab: tab.id });
    return;
  }
  const focus = target.keys ? FOCUS[event.key] : undefined;
  if (focus || (target.keys && event.key === "w")) {
    event.preventDefault();
    if (focus) target.focus(focus);
    else target.show({ pane: "why" });
    return;
  }
  if (event.key === " " && at.matches?.("button, a, summary, [role=tab], [type=checkbox]")) return;
  const act = event.shiftKey ? undefined : ACTS[event.key];
  if (!act || (event.key.length === 1 && !target.keys)) return;
  event.preventDefault();
  target.act(act);
}
