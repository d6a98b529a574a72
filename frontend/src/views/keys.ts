import { html, nothing, type TemplateResult } from "lit";

/** Something that a key does. */
export interface KeyAction {
  readonly id: string;
  /** What it does, in words. */
  readonly what: string;
  /** As `keyText` writes it; empty for none. */
  readonly key: string;
}

export interface KeysModel {
  readonly actions: readonly KeyAction[];
  /** Whether keys that are single characters act. */
  readonly on: boolean;
  /** The action that gets the next key that is pressed. */
  readonly waiting: string | null;
  /** Why the last key was not taken, or what has changed. */
  readonly said: string;
}

export interface KeysActions {
  turn(on: boolean): void;
  /** The next key is for this action; null gives it up. */
  await(action: string | null): void;
  assign(action: string, key: string): void;
  reset(): void;
  closed(): void;
}

/** The keys that are not of the bench but of what they are pressed in. */
const OTHERS: readonly (readonly [string, string])[] = [
  ["+ −", "in the diagram: more or less time apart; also Ctrl and the wheel"],
  ["↑ ↓", "in a console: earlier lines"],
  ["Tab", "in a console: take the suggestion"],
  ["Esc", "in a console: back to the run"],
];

/** A pressed key by its name: `s`, `?`, `Shift+ArrowLeft`; with Shift only where the key does not write another character. */
export function keyText({ key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">): string {
  if (key.length === 1) return key.toLowerCase();
  return shiftKey ? `Shift+${key}` : key;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  " ": "Space",
};

/** As it stands on a keyboard. */
export function shownKey(key: string): string {
  if (key === "") return "none";
  const name = key.replace(/^Shift\+/, "");
  const shown = SHOWN[name] ?? (name.length === 1 ? name.toUpperCase() : name);
  return key === name ? shown : `Shift ${shown}`;
}

/** All keys, each to be changed, and a way to turn off those that are single characters. */
export function keysDialog(model: KeysModel, actions: KeysActions): TemplateResult {
  return html`<dialog class="keys-dialog" id="keys" aria-labelledby="keys-title" @close=${() => actions.closed()}>
    <header><h2 id="keys-title">Keys</h2>
      <form method="dialog"><button class="button button-small" aria-label="Close the list of keys">Close</button></form></header>
    <label><input type="checkbox" .checked=${model.on}
      @change=${(event: Event) => actions.turn((event.target as HTMLInputElement).checked)}> single characters act</label>
    <p class="keys-said" role="status">${model.said}</p>
    <table><thead><tr><th scope="col">What</th><th scope="col">Key</th><th scope="col"><span class="visually-hidden">Change</span></th></tr></thead>
      <tbody>${model.actions.map((action) => row(action, model.waiting === action.id, actions))}</tbody>
      <tbody class="quiet">${OTHERS.map(([key, what]) => html`<tr><th scope="row">${what}</th><td><kbd>${key}</kbd></td><td></td></tr>`)}</tbody></table>
    <p><button type="button" class="button button-small" data-keys="reset" @click=${() => actions.reset()}>As they were at first</button></p>
  </dialog>`;
}

function row({ id, what, key }: KeyAction, waiting: boolean, actions: KeysActions): TemplateResult {
  const pressed = (event: KeyboardEvent): void => {
    if (!waiting || ["Shift", "Tab"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") actions.await(null);
    else if (event.key === "Backspace" || event.key === "Delete") actions.assign(id, "");
    else actions.assign(id, keyText(event));
  };
  return html`<tr data-key-of=${id}><th scope="row">${what}</th><td><kbd>${shownKey(key)}</kbd></td>
    <td><button type="button" class="button button-small button-quiet" aria-label=${`Change the key of: ${what}`}
      aria-pressed=${waiting ? "true" : "false"} @keydown=${pressed} @blur=${() => waiting && actions.await(null)}
      @click=${() => actions.await(id)}>${waiting ? html`Press a key <span class="quiet">(Delete: none)</span>` : "Change"}</button></td></tr>`;
}

/** Opens the list. */
export function keysButton(key: string, open: () => void): TemplateResult {
  return html`<button type="button" class="button button-quiet button-small" data-act="keys" @click=${open}>Keys${
    key === "" ? nothing : html` <kbd>${shownKey(key)}</kbd>`
  }</button>`;
}
