import { html, nothing, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";
import { type CodeBarActions, type CodeBarModel, codeBar } from "./code-bar.ts";
import { type LineModel, lineView } from "./code-line.ts";
import { type RemarkActions, type RemarkRow, remarksView } from "./remarks.ts";

/** What stands at the foot of the editor, as far as the view cares. */
export interface CodeMessage {
  readonly severity: "error" | "warning" | "note";
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly plain: string;
}

export interface CodeModel extends CodeBarModel {
  /** Of loading the compiler, from 0 to 1; null where nothing is loaded. */
  readonly loaded: number | null;
  readonly problem: string;
  readonly messages: readonly CodeMessage[];
  /** What programs of this host have printed up to the cursor. */
  readonly output: readonly { readonly seq: number; readonly stream: string; readonly text: string }[];
  /** What there is to say of what the program has done. */
  readonly remarks: readonly RemarkRow[];
  /** The line that is looked at, as it was compiled: `server.c:41`. */
  readonly place: string;
  /** What there is to say of where it is; empty for nothing. */
  readonly said: string;
  /** Whether what stands there is not what runs. */
  readonly edited: boolean;
  readonly line: LineModel;
}

export interface CodeActions extends CodeBarActions, RemarkActions {
  mounted(element: Element | undefined): void;
  goTo(file: string, line: number): void;
}

/** A program in C for each host: written, compiled in the browser, run in the network, gone through line by line. */
export function codeView(model: CodeModel, actions: CodeActions): TemplateResult {
  return html`<div class="code" data-still>
    ${codeBar(model, actions)}
    ${model.problem ? html`<p class="notice notice-problem" role="alert">${model.problem}</p>` : nothing}
    <p role="status" class="code-status" ?data-empty=${statusOf(model) === ""}>${statusOf(model)}${
      model.loaded === null
        ? nothing
        : html` <progress max="1" value=${model.loaded} aria-label="The compiler is loaded"></progress>`
    }</p>
    <div class="code-editor" ${ref(actions.mounted)}></div>
    ${messages(model, actions)}
    ${remarksView(model.remarks, model.host, model.place, actions)}
    <div class="code-foot">
      <section aria-label="Calls of the line" class="code-line" tabindex="0">${lineView(model.line)}</section>
      <section aria-label="What it prints" class="code-output" tabindex="0">${
        model.output.length === 0
          ? html`<p class="empty">What the program of ${model.host} prints stands here, up to the cursor.</p>`
          : html`<pre>${model.output.map(
              ({ seq, stream, text }) => html`<span data-stream=${stream} data-goto=${seq}>${text}</span>`,
            )}</pre>`
      }</section></div></div>`;
}

function statusOf({ busy, said, edited }: CodeModel): string {
  return busy || said || (edited ? "Changed since it was run: calls stand beside the lines that made them." : "");
}

function messages(model: CodeModel, actions: CodeActions): TemplateResult | typeof nothing {
  const shown = model.messages.filter(({ severity }) => severity !== "note");
  if (shown.length === 0) return nothing;
  return html`<ol class="code-messages" aria-label="What the compiler says">${shown.map(
    (message) => html`<li data-severity=${message.severity}>
      ${message.line > 0 ? html`<button type="button" class="link-button" @click=${() => actions.goTo(message.file, message.line)}>${message.file}:${message.line}</button>` : nothing}
      <span>${message.severity}: ${message.text}</span>${message.plain ? html`<p>${message.plain}</p>` : nothing}</li>`,
  )}</ol>`;
}
