import { type KeyAction, type KeysActions, type KeysModel, shownKey } from "../views/keys.ts";

/** What keys do at first. What is done is in `bench-keys.ts`. */
const ACTIONS: readonly KeyAction[] = [
  { id: "prev", what: "event before", key: "ArrowLeft" },
  { id: "next", what: "event after", key: "ArrowRight" },
  { id: "call-before", what: "call before", key: "Shift+ArrowLeft" },
  { id: "call-after", what: "call after", key: "Shift+ArrowRight" },
  { id: "rtt-before", what: "a round trip back", key: "[" },
  { id: "rtt-after", what: "a round trip on", key: "]" },
  { id: "first", what: "first event", key: "Home" },
  { id: "last", what: "last event", key: "End" },
  { id: "play", what: "play, pause", key: " " },
  { id: "step", what: "let one event happen", key: "s" },
  { id: "step-call", what: "run until a call returns", key: "c" },
  { id: "run", what: "run until nothing is under way", key: "r" },
  { id: "until", what: "run until …", key: "u" },
  { id: "goto", what: "go to an event", key: "g" },
  { id: "why", what: "why", key: "w" },
  { id: "ask", what: "ask about the event", key: "a" },
  { id: "fault", what: "what can go wrong", key: "f" },
  { id: "fork", what: "fork at the cursor", key: "b" },
  { id: "mark-before", what: "landmark before", key: "," },
  { id: "mark-after", what: "landmark after", key: "." },
  { id: "line-before", what: "program: line before", key: "Shift+F7" },
  { id: "line-after", what: "program: next line", key: "F7" },
  { id: "own-call-before", what: "program: call before", key: "Shift+F2" },
  { id: "own-call-after", what: "program: next call", key: "F2" },
  { id: "break-before", what: "breakpoint before", key: "Shift+F8" },
  { id: "break-after", what: "next breakpoint", key: "F8" },
  { id: "breakpoint", what: "breakpoint at the caret", key: "F9" },
  { id: "remark-before", what: "program: remark before", key: "Shift+F4" },
  { id: "remark-after", what: "program: next remark", key: "F4" },
  { id: "tab:code", what: "show Code", key: "e" },
  { id: "console", what: "write in the console", key: "t" },
  { id: "keys", what: "these keys", key: "?" },
];

/** What no action can have: one leaves by it, or moves the focus with it. */
const NOT_OURS: ReadonlySet<string> = new Set(["Enter", "Escape", "Tab", "Shift+Tab", "Shift+Enter"]);

const KEPT = "socketlab.keys";

interface Kept {
  readonly on: boolean;
  /** The keys that were changed, by action. */
  readonly keys: Readonly<Record<string, string>>;
}

const AT_FIRST: Kept = { on: true, keys: {} };

/** Which key does what. What was changed is kept in the browser. */
export class KeyMap implements KeysActions {
  readonly #actions: readonly KeyAction[];
  readonly #storage: Storage | null;
  readonly #changed: () => void;
  #kept: Kept;
  #waiting: string | null = null;
  #said = "";

  /** @param tabs those that digits show, in their order. */
  constructor(
    tabs: readonly { readonly id: string; readonly name: string }[],
    storage: Storage | null,
    changed: () => void,
  ) {
    const shows = tabs
      .slice(0, 9)
      .map(({ id, name }, i) => ({ id: `tab:${id}`, what: `show ${name}`, key: `${i + 1}` }));
    this.#actions = [...ACTIONS, ...shows];
    this.#storage = storage;
    this.#changed = changed;
    this.#kept = read(storage);
  }

  get model(): KeysModel {
    return { actions: this.#all, on: this.#kept.on, waiting: this.#waiting, said: this.#said };
  }

  keyOf(action: string): string {
    return this.#all.find(({ id }) => id === action)?.key ?? "";
  }

  /** What a pressed key does now; null for nothing. */
  actionOf(key: string): string | null {
    if (key === "" || (key.length === 1 && !this.#kept.on)) return null;
    return this.#all.find((action) => action.key === key)?.id ?? null;
  }

  turn(on: boolean): void {
    this.#keep({ ...this.#kept, on }, on ? "Single characters act." : "Single characters do nothing.");
  }

  await(action: string | null): void {
    this.#waiting = action;
    this.#changed();
  }

  assign(action: string, key: string): void {
    const holder = key === "" ? undefined : this.#all.find((other) => other.key === key && other.id !== action);
    if (holder || NOT_OURS.has(key)) {
      this.#said = holder
        ? `${shownKey(key)} is taken by \u201c${holder.what}\u201d. Press another key, or change that one first.`
        : `${shownKey(key)} cannot be changed: it is needed to move about. Press another key.`;
      this.#changed();
      return;
    }
    this.#waiting = null;
    const what = this.#actions.find(({ id }) => id === action)?.what ?? action;
    this.#keep({ ...this.#kept, keys: { ...this.#kept.keys, [action]: key } }, `${shownKey(key)}: ${what}.`);
  }

  reset(): void {
    this.#waiting = null;
    this.#keep(AT_FIRST, "All keys are as they were at first.");
  }

  closed(): void {
    this.#waiting = null;
    this.#said = "";
    this.#changed();
  }

  get #all(): readonly KeyAction[] {
    return this.#actions.map((action) => ({ ...action, key: this.#kept.keys[action.id] ?? action.key }));
  }

  #keep(kept: Kept, said: string): void {
    this.#kept = kept;
    this.#said = said;
    try {
      this.#storage?.setItem(KEPT, JSON.stringify(kept));
    } catch {
      // a browser that keeps nothing has the first keys again next time
    }
    this.#changed();
  }
}

function read(storage: Storage | null): Kept {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(KEPT) ?? "null");
    if (typeof kept !== "object" || kept === null || !("on" in kept) || !("keys" in kept)) return AT_FIRST;
    const { on, keys } = kept;
    if (typeof on !== "boolean" || typeof keys !== "object" || keys === null) return AT_FIRST;
    const known = Object.entries(keys).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return { on, keys: Object.fromEntries(known) };
  } catch {
    return AT_FIRST;
  }
}
