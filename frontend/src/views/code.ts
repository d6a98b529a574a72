import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

/** What stands at the foot of the editor, as far as the view cares. */
export interface CodeMessage {
  readonly severity: "error" | "warning" | "note";
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly plain: string;
}

export interface CodeModel {
  readonly hosts: readonly string[];
  readonly host: string;
  readonly arguments: string;
  /** What is being done; empty if nothing is. */
  readonly busy: string;
  /** Of loading the compiler, from 0 to 1; null where nothing is loaded. */
  readonly loaded: number | null;
  readonly problem: string;
  readonly messages: readonly CodeMessage[];
  /** What programs of this host have printed up to the cursor. */
  readonly output: readonly { readonly seq: number; readonly stream: string; readonly text: string }[];
  /** Where the program stands at the cursor: `server.c:41`; empty for nowhere. */
  readonly place: string;
  readonly typing: boolean;
}

export interface CodeActions {
  chooseHost(host: string): void;
  setArguments(text: string): void;
  run(): void;
  mounted(element: Element | undefined): void;
  goTo(line: number): void;
}

/** A program in C for each host: written, compiled in the browser, run in the network. */
export function codeView(model: CodeModel, actions: CodeActions): TemplateResult {
  const errors = model.messages.filter(({ severity }) => severity !== "note");
  return html`<div class="code" data-still>
    <form class="code-bar" @submit=${(event: Event) => {
      event.preventDefault();
      actions.run();
    }}>
      <label>Program of <select name="host" @change=${(event: Event) => actions.chooseHost((event.target as HTMLSelectElement).value)}>
        ${model.hosts.map((host) => html`<option ?selected=${host === model.host}>${host}</option>`)}</select></label>
      <label>Arguments <input class="mono" name="arguments" size="18" placeholder="7777" .value=${model.arguments}
        @input=${(event: Event) => actions.setArguments((event.target as HTMLInputElement).value)}></label>
      <button class="button button-primary button-small" data-act="run-program" ?disabled=${model.busy !== "" || !model.typing}
        title="Compile it and run it on ${model.host} (Ctrl+Enter)">Run on ${model.host}</button>
      <span role="status" class="code-status">${model.busy}${
        model.loaded === null
          ? nothing
          : html` <progress max="1" value=${model.loaded} aria-label="The compiler is loaded"></progress>`
      }${model.place && !model.busy ? html`<span class="quiet">at the cursor: <b class="mono">${model.place}</b></span>` : nothing}</span>
    </form>
    ${model.problem ? html`<p class="notice notice-problem" role="alert">${model.problem}</p>` : nothing}
    <div class="code-editor" ${ref(actions.mounted)}></div>
    ${
      errors.length === 0
        ? nothing
        : html`<ol class="code-messages" aria-label="What the compiler says">${errors.map(
            (message) => html`<li data-severity=${message.severity}>
              ${message.line > 0 ? html`<button type="button" class="link-button" @click=${() => actions.goTo(message.line)}>${message.file}:${message.line}</button>` : nothing}
              <span>${message.severity}: ${message.text}</span>${message.plain ? html`<p>${message.plain}</p>` : nothing}</li>`,
          )}</ol>`
    }
    <section aria-label="What it prints" class="code-output">${
      model.output.length === 0
        ? html`<p class="empty">What the program prints stands here, up to the cursor.</p>`
        : html`<pre>${model.output.map(
            ({ seq, stream, text }) => html`<span data-stream=${stream} data-goto=${seq}>${text}</span>`,
          )}</pre>`
    }</section></div>`;
}
