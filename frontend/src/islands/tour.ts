import { STOPS } from "../views/tour.ts";

const SEEN = "socketlab.tour";
const MARK = "data-tour-here";

/** Whether somebody is shown around, and where they are. Who has seen or declined it is not asked again. */
export class Tour {
  /** The stop it is at; null while there is no tour. */
  stop: number | null = null;
  #seen: boolean;
  readonly #storage: Storage | null;

  constructor(storage: Storage | null) {
    this.#storage = storage;
    this.#seen = read(storage) !== null;
  }

  /** Whether to ask. */
  get invites(): boolean {
    return !this.#seen && this.stop === null;
  }

  go(stop: number | null): void {
    this.stop = stop;
    this.#seen = true;
    try {
      this.#storage?.setItem(SEEN, "seen");
    } catch {
      // a browser that keeps nothing asks again
    }
  }

  /** Marks what the stop is about. */
  mark(bench: Element): void {
    const at = this.stop === null ? undefined : STOPS[this.stop]?.at;
    const target = at === undefined ? null : bench.querySelector(at);
    const before = bench.querySelector(`[${MARK}]`);
    if (before === target) return;
    before?.removeAttribute(MARK);
    target?.setAttribute(MARK, "");
    if (target) bench.querySelector<HTMLElement>('[data-act="tour-next"]')?.focus();
  }
}

function read(storage: Storage | null): string | null {
  try {
    return storage?.getItem(SEEN) ?? null;
  } catch {
    return null;
  }
}

/** The browser's storage, where it has one and lets us use it. */
export function browserStorage(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}
