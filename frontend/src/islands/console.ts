import type { CallInfo } from "../api/rest.ts";
import { type Completion, complete, type Surroundings } from "../views/completion.ts";
import type { ConsoleActions } from "../views/console.ts";
import { type History, NO_HISTORY, recall, remember } from "../views/history.ts";

/** What a console needs of the bench it is on. */
export interface ConsoleBench {
  calls(): readonly CallInfo[];
  surroundings(host: string): Surroundings;
  /** Lines of earlier visits, oldest first. */
  earlier(host: string): readonly string[];
  put(host: string, line: string): void;
  changed(): void;
}

/** A host's command line while it is being written. */
export class Console implements ConsoleActions {
  text = "";
  completion: Completion | null = null;
  chosen = -1;
  readonly host: string;
  readonly #bench: ConsoleBench;
  #caret = 0;
  #history: History = NO_HISTORY;
  #dismissed = false;

  constructor(host: string, bench: ConsoleBench) {
    this.host = host;
    this.#bench = bench;
  }

  type(text: string, caret: number): void {
    this.#dismissed = false;
    this.#set(text, caret);
  }

  key(event: KeyboardEvent): void {
    const input = event.target as HTMLInputElement;
    const open = this.completion?.suggestions.length ?? 0;
    if (event.key === "Escape" && open > 0) this.#dismiss();
    else if (event.key === "Escape") document.getElementById("tab-panel")?.focus();
    else if (event.key === "Tab" && open > 0 && !event.shiftKey) this.choose(Math.max(this.chosen, 0));
    else if (event.key === "Enter" && open > 0 && this.chosen >= 0) this.choose(this.chosen);
    else if (event.key === "ArrowDown" && open > 0 && !this.#recalling()) this.#chooseNext(1, open);
    else if (event.key === "ArrowUp" && open > 0 && this.chosen >= 0) this.#chooseNext(-1, open);
    else if (event.key === "ArrowUp") this.#recall(-1, input.value);
    else if (event.key === "ArrowDown") this.#recall(1, input.value);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  choose(suggestion: number): void {
    const picked = this.completion?.suggestions[suggestion];
    if (!this.completion || !picked) return;
    const { from, to } = this.completion;
    this.#set(this.text.slice(0, from) + picked.text + this.text.slice(to), from + picked.text.length);
  }

  propose(line: string): void {
    this.#dismissed = true;
    this.#set(line, line.length);
  }

  submit(): void {
    const line = this.text.trim();
    if (line === "") return;
    this.#history = remember(this.#past(), line);
    this.text = "";
    this.completion = null;
    this.chosen = -1;
    this.#bench.put(this.host, line);
  }

  interrupt(): void {
    this.#bench.put(this.host, `interrupt ${this.host}`);
  }

  leave(): void {
    if (this.completion === null) return;
    this.completion = null;
    this.#bench.changed();
  }

  #set(text: string, caret: number): void {
    this.text = text;
    this.#caret = caret;
    this.chosen = -1;
    this.completion = complete(text, caret, this.#bench.calls(), this.#bench.surroundings(this.host));
    if (this.#dismissed) this.completion = { ...this.completion, suggestions: [] };
    this.#bench.changed();
  }

  #dismiss(): void {
    this.#dismissed = true;
    this.#set(this.text, this.#caret);
  }

  #chooseNext(by: -1 | 1, count: number): void {
    this.chosen = (this.chosen + by + count) % count;
    this.#bench.changed();
  }

  #recalling(): boolean {
    return this.#history.at < this.#history.lines.length;
  }

  #recall(by: -1 | 1, written: string): void {
    const found = recall(this.#past(), by, written);
    if (!found) return;
    this.#history = found.history;
    this.#dismissed = true;
    this.#set(found.line, found.line.length);
  }

  /** The first time, with the lines of earlier visits. */
  #past(): History {
    if (this.#history.lines.length > 0) return this.#history;
    const lines = this.#bench.earlier(this.host);
    return { lines, at: lines.length, draft: "" };
  }
}
