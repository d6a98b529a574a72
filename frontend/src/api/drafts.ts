/** What is wrong with a draft, and where; lines and columns count from 1. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** What a draft would be with a file as it is being written. */
export interface DraftCheck {
  readonly mistakes: readonly Mistake[];
  /** Safe HTML, as students get it. */
  readonly statement: string;
}

/** What came of saving a file. */
export type Saved =
  | { readonly kind: "saved"; readonly version: number }
  | { readonly kind: "stale" }
  | { readonly kind: "failed"; readonly problem: string };

const JSON_ONLY = { Accept: "application/json, application/problem+json" };

/** Drafts over REST, for a page of their author's. */
export class DraftClient {
  readonly #base: string;
  readonly #csrf: string;

  constructor(draft: string, csrf: string) {
    this.#base = `/api/v1/drafts/${draft}`;
    this.#csrf = csrf;
  }

  /** Null where it cannot be had just now: the page goes on with what it knows. */
  async check(path: string, text: string): Promise<DraftCheck | null> {
    try {
      const response = await this.#send("POST", "/check", { path, text });
      return response.ok ? ((await response.json()) as DraftCheck) : null;
    } catch {
      return null;
    }
  }

  /** A file's text as it is stored; empty where it cannot be had just now. */
  async text(path: string): Promise<string> {
    try {
      const response = await fetch(`${this.#base}/file?path=${encodeURIComponent(path)}`, { headers: JSON_ONLY });
      if (!response.ok) return "";
      return ((await response.json()) as { readonly text?: string }).text ?? "";
    } catch {
      return "";
    }
  }

  async save(path: string, version: number, text: string): Promise<Saved> {
    try {
      const response = await this.#send("PUT", `/file?path=${encodeURIComponent(path)}`, { version, text });
      const body = (await response.json()) as { readonly version?: number; readonly detail?: string };
      if (response.ok) return { kind: "saved", version: body.version ?? 0 };
      if (response.status === 409) return { kind: "stale" };
      return { kind: "failed", problem: body.detail ?? "It was not saved." };
    } catch {
      return { kind: "failed", problem: "The server cannot be reached, so it is not saved. Your text is still here." };
    }
  }

  /** The phase that the proof of the draft is in; empty if it cannot be had just now. */
  async verification(): Promise<string> {
    try {
      const response = await fetch(`${this.#base}/verification`, { headers: JSON_ONLY });
      if (!response.ok) return "";
      return ((await response.json()) as { readonly phase?: string }).phase ?? "";
    } catch {
      return "";
    }
  }

  #send(method: string, path: string, body: unknown): Promise<Response> {
    return fetch(this.#base + path, {
      method,
      headers: { ...JSON_ONLY, "Content-Type": "application/json", "X-XSRF-TOKEN": this.#csrf },
      body: JSON.stringify(body),
    });
  }
}
