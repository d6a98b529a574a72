const KEPT = "socketlab.code-beside";

/** Where programs are written: among the ways to see the run, or beside them in the lab's place. Kept in the browser. */
export class CodePlace {
  readonly #storage: Storage | null;
  #beside: boolean;

  constructor(storage: Storage | null) {
    this.#storage = storage;
    this.#beside = read(storage);
  }

  get beside(): boolean {
    return this.#beside;
  }

  setBeside(on: boolean): void {
    this.#beside = on;
    try {
      this.#storage?.setItem(KEPT, String(on));
    } catch {
      // a browser that keeps nothing begins with the lab next time
    }
  }
}

function read(storage: Storage | null): boolean {
  try {
    return storage?.getItem(KEPT) === "true";
  } catch {
    return false;
  }
}
