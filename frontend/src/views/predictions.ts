import { html, nothing, type TemplateResult } from "lit";
import type { CheckResult, Predictions } from "../api/frames.ts";

export interface PredictionsModel {
  /** What the lab asks, in its order. */
  readonly asked: readonly { readonly id: string; readonly name: string }[];
  readonly predictions: Predictions;
  readonly results: readonly CheckResult[];
  /** Whether this tab may answer. */
  readonly typing: boolean;
}

/** What will happen? Asked before anything has; compared when it has. */
export function predictionsView(
  { asked, predictions, results, typing }: PredictionsModel,
  predict: (id: string, value: string) => void,
): TemplateResult | typeof nothing {
  if (asked.length === 0) return nothing;
  const { open, said } = predictions;
  return html`<section class="predictions" aria-labelledby="predictions-title">
    <h2 id="predictions-title">${open ? "Before you begin: what will happen?" : "What you said beforehand"}</h2>
    ${open ? html`<p class="quiet">Answer before the first call: then it is too late.</p>` : nothing}
    <ol class="prediction-list">${asked.map(({ id, name }) => {
      const result = results.find((check) => check.id === id);
      const answer = said[id];
      return html`<li data-prediction=${id} data-status=${open || answer === undefined || result?.open ? "OPEN" : (result?.status ?? "OPEN")}>
        <p class="check-name" id=${`ask-${id}`}>${name}</p>
        ${open && typing ? form(id, answer, predict) : told(answer, result, open)}</li>`;
    })}</ol></section>`;
}

function form(id: string, answer: string | undefined, predict: (id: string, value: string) => void): TemplateResult {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get("value");
    if (typeof value === "string" && value.trim() !== "") predict(id, value.trim());
  };
  return html`<form class="prediction" @submit=${submit}>
    <input class="mono" name="value" size="8" autocomplete="off" aria-labelledby=${`ask-${id}`} .value=${answer ?? ""}>
    <button class="button button-small">${answer === undefined ? "I predict" : "Change"}</button>
    ${answer === undefined ? nothing : html`<span class="prediction-said">You say <b class="mono">${answer}</b></span>`}
  </form>`;
}

/** While the run goes on, what is not decided yet is open. */
function told(answer: string | undefined, result: CheckResult | undefined, open: boolean): TemplateResult {
  if (answer === undefined) {
    return html`<p class="quiet">${open ? "Not answered yet." : "Not answered. It is asked before the first call; start over to answer it."}</p>`;
  }
  const said = html`You said <b class="mono">${answer}</b>`;
  if (result?.status === "PASS") return html`<p class="prediction-good">✔ ${said}, and so it was.</p>`;
  if (result?.status === "FAIL" && result.open !== true)
    return html`<p class="prediction-bad">✘ ${said}. <span class="quiet">${result.output}</span></p>`;
  return html`<p>${said}. <span class="quiet">Not decided yet.</span></p>`;
}
