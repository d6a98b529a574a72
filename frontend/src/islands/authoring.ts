import { render } from "lit";
import { type DraftCheck, DraftClient, type Mistake } from "../api/drafts.ts";
import { fetchLabLanguage } from "../api/lab-language.ts";
import { mistakesView } from "../views/mistakes.ts";
import type { LabEditor } from "./lab-editor.ts";
import type { LabKnowledge } from "./lab-help.ts";

/** So long nothing is typed before what is there is looked at, ms. */
const PAUSE = 400;

const LAB = "lab.yaml";

/**
 * The page that a draft is written on. Without it there are a text area and a button; with it there is an editor in
 * their place, which is told what is wrong while one types.
 */
export class Authoring {
  readonly #root: HTMLElement;
  readonly #form: HTMLFormElement;
  readonly #text: HTMLTextAreaElement;
  readonly #status: HTMLElement;
  readonly #path: string;
  readonly #page: string;
  readonly #client: DraftClient;
  #editor: LabEditor | null = null;
  #typed: ReturnType<typeof setTimeout> | undefined;
  #stored: string;
  #live = false;
  #knowledge: LabKnowledge;
  /** Counts what was typed, so that an answer to what no longer stands there is not shown. */
  #edition = 0;

  constructor(root: HTMLElement) {
    this.#root = root;
    const form = root.querySelector<HTMLFormElement>(".author-form");
    const text = form?.querySelector("textarea");
    const status = form?.querySelector<HTMLElement>(".author-status");
    if (!form || !text || !status) throw new Error("there is no text to be written");
    this.#form = form;
    this.#text = text;
    this.#status = status;
    this.#stored = text.value;
    this.#path = root.dataset["path"] ?? "";
    this.#page = `/author/${root.dataset["draft"]}`;
    const csrf = form.querySelector<HTMLInputElement>("[name=_csrf]")?.value ?? "";
    this.#client = new DraftClient(root.dataset["draft"] ?? "", csrf);
    const files = Array.from(root.querySelectorAll<HTMLElement>("[data-file]"), (link) => link.dataset["file"] ?? "");
    this.#knowledge = { language: null, lab: "", files };
  }

  start(): void {
    this.#form.addEventListener("submit", (event) => {
      if (this.#isConflict())
        this.#stored = this.#text.value; // the server saves it over what is stored
      else {
        event.preventDefault();
        void this.#save();
      }
    });
    addEventListener("beforeunload", (event) => {
      if (this.#text.value !== this.#stored) event.preventDefault();
    });
    void this.#edit();
  }

  #isConflict(): boolean {
    return this.#root.querySelector(".author-conflict") !== null;
  }

  async #edit(): Promise<void> {
    const { LabEditor } = await import("./lab-editor.ts");
    const place = document.createElement("div");
    place.className = "author-code";
    this.#text.after(place);
    this.#text.hidden = true;
    this.#editor = new LabEditor(
      place,
      this.#path,
      this.#text.value,
      () => this.#knowledge,
      (text) => this.#changed(text),
      () => void this.#save(),
    );
    const line = Number(new URLSearchParams(location.search).get("line"));
    if (line > 0) this.#editor.goTo(line);
    await Promise.all([this.#check(), this.#learn()]);
  }

  /** What completion and help go by. The editor works before it is there, and without. */
  async #learn(): Promise<void> {
    const lab = this.#path === LAB ? "" : this.#client.text(LAB);
    this.#knowledge = { ...this.#knowledge, language: await fetchLabLanguage(), lab: await lab };
    this.#root.dataset["knows"] = "";
  }

  #changed(text: string): void {
    this.#text.value = text;
    this.#edition++;
    this.#tell(text === this.#stored ? "" : "Not saved yet.", "changed");
    clearTimeout(this.#typed);
    this.#typed = setTimeout(() => void this.#check(), PAUSE);
  }

  async #check(): Promise<void> {
    const edition = this.#edition;
    const check = await this.#client.check(this.#path, this.#text.value);
    if (check && edition === this.#edition) this.#show(check);
  }

  #show({ mistakes, statement }: DraftCheck): void {
    this.#editor?.mark(mistakes.filter(({ file }) => file === this.#path));
    const place = this.#root.querySelector<HTMLElement>("#problems");
    if (place) {
      if (!this.#live) place.replaceChildren(); // what the server has written
      this.#live = true;
      render(
        mistakesView(mistakes, this.#path, this.#page, (line) => this.#editor?.goTo(line)),
        place,
      );
    }
    this.#count(mistakes);
    // the server has rendered it, for students' pages too, and escapes what is HTML in it
    const rendered = new DOMParser().parseFromString(statement, "text/html");
    this.#root.querySelector("#preview")?.replaceChildren(...rendered.body.childNodes);
  }

  #count(mistakes: readonly Mistake[]): void {
    const count = this.#root.querySelector("#problems-title .author-count");
    if (count) {
      count.textContent = String(mistakes.length);
      count.classList.toggle("author-none", mistakes.length === 0);
    }
    for (const link of this.#root.querySelectorAll<HTMLElement>("[data-file]")) {
      const own = mistakes.filter(({ file }) => file === link.dataset["file"]).length;
      link.querySelector(".author-count")?.remove();
      if (own === 0) continue;
      const badge = document.createElement("span");
      badge.className = "author-count";
      badge.textContent = String(own);
      link.append(badge);
    }
  }

  async #save(): Promise<void> {
    if (this.#isConflict()) {
      this.#form.requestSubmit();
      return;
    }
    const text = this.#text.value;
    const version = this.#form.elements.namedItem("version") as HTMLInputElement;
    this.#tell("Saving…", "saving");
    const saved = await this.#client.save(this.#path, Number(version.value), text);
    if (saved.kind === "saved") {
      this.#stored = text;
      for (const input of this.#root.querySelectorAll<HTMLInputElement>("[name=version]")) {
        input.value = String(saved.version);
      }
      this.#tell(this.#text.value === text ? "Saved." : "Not saved yet.", "saved");
    } else if (saved.kind === "failed") {
      this.#tell(saved.problem, "failed");
    } else {
      this.#stored = this.#text.value;
      this.#form.submit(); // the server's page shows both
    }
  }

  #tell(text: string, state: string): void {
    this.#status.textContent = text;
    this.#status.dataset["state"] = state;
  }
}
