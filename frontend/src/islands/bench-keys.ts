import { keyText } from "../views/keys.ts";
import type { Act } from "../views/transport.ts";
import type { Pane } from "./bench-page.ts";
import { type DebugAct, isDebugAct } from "./debugging.ts";
import type { KeyMap } from "./key-map.ts";
import type { Recording } from "./recording.ts";

/** Where the caret goes, or what is opened. */
export type Focus = "until" | "goto" | "keys" | "console" | "fork-name" | "why" | "fault" | "moment" | "step";

/** What the keys act on. */
export interface KeyTarget {
  readonly recording: Recording;
  readonly keys: KeyMap;
  readonly questions: { ask(seq: number): void };
  readonly debugging: { act(act: DebugAct): void };
  act(act: Act): void;
  show(change: { readonly tab?: string; readonly pane?: Pane }): void;
  focus(what: Focus): void;
  seek(seq: number): void;
  changed(): void;
}

/** They write nothing, and so act in an editor too. */
const FUNCTION_KEY = /^F\d+$/;

/** Keys act only while nothing is being typed or moved with them. */
export function benchKey(event: KeyboardEvent, target: KeyTarget): void {
  const at = event.target as HTMLElement;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const goto = at.closest?.<SVGElement>("[data-goto]")?.dataset["goto"];
  if (goto !== undefined && (event.key === "Enter" || event.key === " ")) {
    event.preventDefault();
    target.seek(Number(goto));
    return;
  }
  if (!FUNCTION_KEY.test(event.key) && at.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]"))
    return;
  if (at.closest?.("dialog")) return;
  if (event.key === " " && at.matches?.("button, a, summary, [role=tab], [type=checkbox]")) return;
  const action = target.keys.actionOf(keyText(event));
  if (!action) return;
  event.preventDefault();
  perform(action, target);
}

function perform(action: string, target: KeyTarget): void {
  if (isDebugAct(action)) {
    target.debugging.act(action);
    return;
  }
  switch (action) {
    case "call-before":
    case "call-after":
      target.recording.moveByCall(action === "call-before" ? -1 : 1);
      target.changed();
      break;
    case "until":
    case "goto":
    case "keys":
    case "console":
      target.focus(action);
      break;
    case "fault":
      target.show({ tab: "faults", pane: "time" });
      target.focus("fault");
      break;
    case "fork":
      target.show({ tab: "branches", pane: "time" });
      target.focus("fork-name");
      break;
    case "ask":
      target.questions.ask(target.recording.cursor);
      break;
    case "why":
      target.show({ pane: "why" });
      target.focus("why");
      break;
    default:
      if (action.startsWith("tab:")) target.show({ tab: action.slice("tab:".length), pane: "time" });
      else target.act(action as Act);
  }
}
