import type { Question } from "../api/frames.ts";
import { post } from "../api/rest.ts";
import type { QuestionsModel } from "../views/questions.ts";
import type { BenchBoot } from "./bench-boot.ts";

/** What is asked about the run: where it stands, and what is new of it. */
export class Questions {
  readonly #page: () => BenchBoot;
  #all: readonly Question[] | null = null;
  /** What has come while one was here. */
  said = "";

  constructor(page: () => BenchBoot) {
    this.#page = page;
  }

  get all(): readonly Question[] {
    return this.#all ?? [];
  }

  /** The events that something is asked about. */
  get marks(): ReadonlyMap<number, "asked" | "answered" | "unseen"> {
    const marks = new Map<number, "asked" | "answered" | "unseen">();
    for (const { event, answer, unseen } of this.all) {
      if (event > 0 && marks.get(event) !== "unseen")
        marks.set(event, unseen && this.#isMine ? "unseen" : answer === null ? "asked" : "answered");
    }
    return marks;
  }

  told(now: readonly Question[]): void {
    const before = this.#all;
    this.#all = now;
    const fresh =
      before && now.find((q) => q.unseen && before.some(({ id, answer }) => id === q.id && answer !== q.answer));
    if (fresh && this.#isMine) {
      const where = fresh.event > 0 ? ` about event ${fresh.event}` : "";
      this.said = `Your question${where} has been answered: ${fresh.answer}`;
    }
  }

  /** Goes where a question about an event is asked, if there is somebody to ask. */
  ask(seq: number): void {
    const path = this.askAt(seq);
    if (path) location.assign(path);
  }

  /** Where a question about an event is asked; null if there is nobody to ask. */
  askAt(seq: number): string | null {
    return this.#boot.course && this.#isMine ? `/runs/${this.#boot.run}/questions?event=${seq}` : null;
  }

  /** Those of an event. Who is shown an answer has seen it. */
  about(seq: number): QuestionsModel {
    const asked = this.all.filter(({ event }) => event === seq);
    if (this.#isMine && asked.some(({ unseen }) => unseen)) this.#seen();
    const course = this.#boot.course?.path.replace(/\/assignments\/.*/, "") ?? "";
    return { asked, ask: this.askAt(seq), answer: this.#isMine || course === "" ? null : `${course}/questions` };
  }

  /** Says beside the page's link to them how many there are, and how many answers are new. */
  count(statement: Element | null): void {
    const link = statement?.querySelector(".bench-course a[href$='/questions']");
    if (!link || !this.#all) return;
    const fresh = this.all.filter(({ unseen }) => unseen).length;
    const count = this.all.length === 0 ? "" : ` (${this.all.length}${fresh > 0 ? `, ${fresh} new` : ""})`;
    const text = `Questions${count}`;
    if (link.textContent !== text) link.textContent = text;
  }

  get #boot(): BenchBoot {
    return this.#page();
  }

  get #isMine(): boolean {
    return this.#boot.mine !== false;
  }

  #seen(): void {
    this.#all = this.all.map((question) => ({ ...question, unseen: false }));
    void post(`/runs/${this.#boot.run}/questions/seen`, this.#boot.csrf);
  }
}
