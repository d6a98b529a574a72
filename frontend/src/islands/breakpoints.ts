import type { LineCall } from "../trace/line-calls.ts";

/** A line at which running stops. */
export interface Breakpoint {
  /** Where it is now, from 1. */
  readonly line: number;
  /** Where it was when the program was compiled: what the trace calls it. */
  readonly built: number;
}

/** So many are kept: all of them are asked for in one line of input. */
export const MOST_BREAKPOINTS = 24;

/** The lines at which running stops, of all programs of a lab. Kept in the browser. */
export class Breakpoints {
  readonly #storage: Storage | null;
  readonly #key: string;
  readonly #ofFiles: Map<string, readonly Breakpoint[]>;

  constructor(storage: Storage | null, lab: string) {
    this.#storage = storage;
    this.#key = `socketlab.code.${lab}.breakpoints`;
    this.#ofFiles = read(storage, this.#key);
  }

  of(host: string, file: string): readonly Breakpoint[] {
    return this.#ofFiles.get(`${host} ${file}`) ?? [];
  }

  get count(): number {
    return [...this.#ofFiles.values()].reduce((sum, { length }) => sum + length, 0);
  }

  set(host: string, file: string, breakpoints: readonly Breakpoint[]): void {
    if (breakpoints.length === 0) this.#ofFiles.delete(`${host} ${file}`);
    else this.#ofFiles.set(`${host} ${file}`, breakpoints);
    try {
      this.#storage?.setItem(this.#key, JSON.stringify([...this.#ofFiles]));
    } catch {
      // a browser that keeps nothing has none next time
    }
  }

  /** Sets one, or takes it away if it is there; answers false if there are too many. */
  toggle(host: string, file: string, at: Breakpoint): boolean {
    const before = this.of(host, file);
    const others = before.filter(({ line }) => line !== at.line);
    const isNew = others.length === before.length;
    if (isNew && this.count >= MOST_BREAKPOINTS) return false;
    this.set(host, file, isNew ? [...others, at].toSorted((a, b) => a.line - b.line) : others);
    return true;
  }

  /** The files of a host are compiled as they are now. */
  rebuilt(host: string, files: readonly string[]): void {
    for (const file of files) {
      const now = this.of(host, file).map(({ line }) => ({ line, built: line }));
      this.set(host, file, now);
    }
  }

  /** Whether a call comes to one of them. */
  has({ host, place, begins }: LineCall): boolean {
    const colon = place.lastIndexOf(":");
    const line = Number(place.slice(colon + 1));
    return begins && this.of(host, place.slice(0, colon)).some(({ built }) => built === line);
  }

  /** The pattern that they all make for `run until`; empty if there is none. */
  get pattern(): string {
    const each = [...this.#ofFiles].flatMap(([at, breakpoints]) => {
      const [host = "", file = ""] = at.split(" ");
      return breakpoints.flatMap(({ built }) =>
        ["CallEntered", "FunctionEntered"].map((event) => `${host} ${event} place="${file}:${built}"`),
      );
    });
    return each.join(" | ");
  }
}

function read(storage: Storage | null, key: string): Map<string, readonly Breakpoint[]> {
  try {
    const kept: unknown = JSON.parse(storage?.getItem(key) ?? "[]");
    return new Map(Array.isArray(kept) ? kept.filter(isEntry) : []);
  } catch {
    return new Map();
  }
}

function isEntry(entry: unknown): entry is [string, readonly Breakpoint[]] {
  if (!Array.isArray(entry) || typeof entry[0] !== "string" || !Array.isArray(entry[1])) return false;
  return entry[1].every((each) => Number.isInteger(each?.line) && Number.isInteger(each?.built));
}
