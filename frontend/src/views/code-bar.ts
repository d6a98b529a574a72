import { html, nothing, type TemplateResult } from "lit";
import type { Standing } from "../trace/line-calls.ts";
import { SHAPES } from "./code-margin.ts";
import { shownKey } from "./keys.ts";
import { saying } from "./remarks.ts";

/** A host and the program on it, at the cursor. */
export interface ProgramOfHost {
  readonly host: string;
  /** `none`: nothing has run there yet; `over`: it has come to its end. */
  readonly standing: Standing | "none" | "over";
  /** Where it is, or how it ended, in a few words. */
  readonly words: string;
  /** How much there is to say of what it has done up to the cursor. */
  readonly remarks: number;
}

export interface CodeBarModel {
  readonly programs: readonly ProgramOfHost[];
  readonly host: string;
  readonly files: readonly string[];
  readonly file: string;
  /** Of files whose compiling has ended in a mistake. */
  readonly wrong: ReadonlySet<string>;
  /** Why a file was not added, renamed or removed. */
  readonly fileProblem: string;
  readonly arguments: string;
  /** What the program finds on its standard input. */
  readonly input: string;
  readonly busy: string;
  readonly typing: boolean;
  /** Whether it stands in the lab's place, with the run to be seen beside it. */
  readonly beside: boolean;
  readonly keyOf: (action: string) => string;
}

export interface CodeBarActions {
  chooseHost(host: string): void;
  chooseFile(file: string): void;
  addFile(name: string): void;
  renameFile(name: string): void;
  removeFile(): void;
  startOver(): void;
  setArguments(text: string): void;
  setInput(text: string): void;
  run(): void;
  step(act: string): void;
  setBeside(on: boolean): void;
}

const SIGNS: Readonly<Record<ProgramOfHost["standing"], string>> = { ...SHAPES, later: "–", none: "–", over: "■" };

/** Which program, which of its files, and what to do with it. */
export function codeBar(model: CodeBarModel, actions: CodeBarActions): TemplateResult {
  return html`<div class="code-hosts" role="group" aria-label="Programs">${model.programs.map((program) =>
    hostButton(program, program.host === model.host, actions),
  )}</div>
    <div class="code-bar">
      <div class="code-files" role="group" aria-label=${`Files of the program of ${model.host}`}>${model.files.map(
        (
          file,
        ) => html`<button type="button" class="code-file mono" data-file=${file} aria-pressed=${file === model.file ? "true" : "false"}
          ?data-wrong=${model.wrong.has(file)} @click=${() => actions.chooseFile(file)}>${file}${
            model.wrong.has(file)
              ? html`<span title="The compiler has found a mistake in it" aria-label="has a mistake"> ✕</span>`
              : nothing
          }</button>`,
      )}${fileMenu(model, actions)}</div>
      <form class="code-run" @submit=${(event: Event) => {
        event.preventDefault();
        actions.run();
      }}>
        <label>Arguments <input class="mono" name="arguments" size="10" placeholder="7777" .value=${model.arguments}
          @input=${(event: Event) => actions.setArguments((event.target as HTMLInputElement).value)}></label>
        ${standardInput(model, actions)}
        <button class="button button-primary button-small" data-act="run-program" ?disabled=${model.busy !== "" || !model.typing}
          title="Compile it and run it on ${model.host} (Ctrl+Enter)">Run on ${model.host}</button>
      </form>
      ${steps(model, actions)}
      ${placeButton(model, actions)}
    </div>`;
}

/** Writing a program and seeing what it does at once needs the lab's room. */
function placeButton({ beside }: CodeBarModel, actions: CodeBarActions): TemplateResult {
  const title = beside
    ? "Back among the tabs, with the lab's text in its place"
    : "In the place of the lab's text, with the diagram in view";
  return html`<button type="button" class="button button-small button-quiet code-beside" data-act="code-beside" title=${title}
    @click=${() => actions.setBeside(!beside)}>${beside ? "Back to the lab" : "Beside the diagram"}</button>`;
}

/** What somebody would type into the program while it runs: all of it beforehand. */
function standardInput({ input }: CodeBarModel, actions: CodeBarActions): TemplateResult {
  const lines = input === "" ? 0 : input.replace(/\n$/, "").split("\n").length;
  const said = lines === 0 ? "Input …" : `Input: ${lines} ${lines === 1 ? "line" : "lines"}`;
  return html`<details class="code-menu code-input"><summary title="What the program reads from its standard input">${said}</summary>
    <div><label>Standard input <textarea class="mono" name="input" rows="5" cols="32" spellcheck="false" .value=${input}
      @input=${(event: Event) => actions.setInput((event.target as HTMLTextAreaElement).value)}></textarea></label>
      <p class="hint">All of it is there when the program begins; behind it comes the end of the file.</p></div></details>`;
}

function hostButton(
  { host, standing, words, remarks }: ProgramOfHost,
  chosen: boolean,
  actions: CodeBarActions,
): TemplateResult {
  return html`<button type="button" class="code-host" data-host-program=${host} data-standing=${standing}
    aria-pressed=${chosen ? "true" : "false"} @click=${() => actions.chooseHost(host)}><b>${host}</b>
    <span class="code-sign" aria-hidden="true">${SIGNS[standing]}</span> <span class="code-words">${words}</span>${
      remarks === 0
        ? nothing
        : html` <span class="remark-mark" title=${saying(remarks, host)} aria-hidden="true">!</span><span class="visually-hidden">, ${saying(remarks, host)}</span>`
    }</button>`;
}

/** Adding a file, and what can be done to the one that is open. */
function fileMenu({ file, fileProblem }: CodeBarModel, actions: CodeBarActions): TemplateResult {
  const named = (act: (name: string) => void) => (event: Event) => {
    event.preventDefault();
    const form = (event.target as Element).closest("form");
    if (!form) return;
    // it has done its work, and lies over the button that runs the program; a problem opens it again
    if (fileProblem === "") form.closest("details")?.removeAttribute("open");
    act(String(new FormData(form).get("name") ?? "").trim());
  };
  return html`<details class="code-menu" ?open=${fileProblem !== ""}><summary title="Add, rename or remove a file">Files …</summary>
    <form @submit=${named((name) => actions.addFile(name))}>
      <label>Name <input class="mono" name="name" size="14" placeholder="util.c" autocomplete="off" spellcheck="false"></label>
      <p class="code-menu-acts"><button class="button button-small" data-act="add-file">Add</button>
        <button type="button" class="button button-small" data-act="rename-file" @click=${named((name) => actions.renameFile(name))}>Rename ${file}</button></p>
      ${fileProblem === "" ? nothing : html`<p class="bad" role="alert">${fileProblem}</p>`}
      <p class="code-menu-acts"><button type="button" class="button button-small button-quiet" data-act="remove-file" @click=${() => actions.removeFile()}>Remove ${file}</button>
        <button type="button" class="button button-small button-quiet" data-act="start-over"
          title="All files as they were at first" @click=${() => actions.startOver()}>Start over</button></p>
    </form></details>`;
}

/** What its buttons say: the act, its shape, and what it does. */
const STEPS = [
  ["break-before", "|◀●", "Back to the breakpoint before"],
  ["own-call-before", "◀◀", "Back by a call of this program"],
  ["line-before", "◀", "Back by a line"],
  ["line-after", "▶", "On by a line: to the next that makes a call"],
  ["own-call-after", "▶▶", "On by a call of this program: to where it is made, or returns"],
  ["break-after", "●▶|", "On to the next breakpoint"],
] as const;

function steps({ host, keyOf }: CodeBarModel, actions: CodeBarActions): TemplateResult {
  return html`<div class="code-steps" role="group" aria-label=${`Through the program of ${host}`}>${STEPS.map(
    ([act, shape, what]) => {
      const key = keyOf(act);
      const title = key === "" ? what : `${what} (${shownKey(key)})`;
      return html`<button type="button" class="button button-small" data-debug=${act} title=${title} aria-label=${what}
      @click=${() => actions.step(act)}><span aria-hidden="true">${shape}</span></button>`;
    },
  )}</div>`;
}
