import { html, type TemplateResult } from "lit";

const KEYS: readonly (readonly [string, string])[] = [
  ["← →", "event before, event after"],
  ["Shift ← →", "call before, call after"],
  ["[ ]", "a round trip back, on"],
  ["Home End", "first, last event"],
  ["Space", "play, pause"],
  ["S", "let one event happen"],
  ["C", "until a call returns"],
  ["R", "until nothing is under way"],
  ["U", "run until …"],
  ["G", "go to an event"],
  ["W", "why"],
  ["?", "these keys"],
  ["1 2 …", "a way to see the run"],
  ["+ −", "in the diagram: more or less time apart; also Ctrl and the wheel"],
  ["↑ ↓", "in a console: earlier lines"],
  ["Tab", "in a console: take the suggestion"],
];

/** The keys there are, and a way to turn off those that are single letters. */
export function keysView(on: boolean, turn: (on: boolean) => void): TemplateResult {
  return html`<details class="keys" id="keys"><summary>Keys</summary>
    <dl class="fields">${KEYS.map(([key, what]) => html`<dt><kbd>${key}</kbd></dt><dd>${what}</dd>`)}</dl>
    <label><input type="checkbox" .checked=${on}
      @change=${(event: Event) => turn((event.target as HTMLInputElement).checked)}> single letters act</label></details>`;
}
