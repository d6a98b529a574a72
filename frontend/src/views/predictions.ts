import { html, nothing, type TemplateResult } from "lit";
import type { CheckResult, Predictions } from "../api/frames.ts";

/** What the lab asks. */
export interface Prediction {
  readonly id: string;
  readonly name: string;
  /** Whether the run halts to ask it. */
  readonly halts?: boolean;
  /** The answers to choose from; none where it can be any number or time. */
  readonly choices?: readonly { readonly id: string; readonly name: string }[];
}

export interface PredictionsModel {
  /** What the lab asks, in its order. */
  readonly asked: readonly Prediction[];
  readonly predictions: Predictions;
  readonly results: readonly CheckResult[];
  /** Whether this tab may answer. */
  readonly typing: boolean;
}

type Predict = (id: string, value: string) => void;

/** What will happen? Asked before anything has; compared when it has. */
export function predictionsView(
  { asked, predictions, results, typing }: PredictionsModel,
  predict: Predict,
): TemplateResult | typeof nothing {
  const { open, said } = predictions;
  const listed = asked.filter(({ id, halts }) => halts !== true || said[id] !== undefined);
  if (listed.length === 0) return nothing;
  return html`<section class="predictions" aria-labelledby="predictions-title">
    <h2 id="predictions-title">${open ? "Before you begin: what will happen?" : "What you said beforehand"}</h2>
    ${open ? html`<p class="quiet">Answer before the first call: then it is too late.</p>` : nothing}
    <ol class="prediction-list">${listed.map((prediction) => {
      const { id, name } = prediction;
      const result = results.find((check) => check.id === id);
      const answer = said[id];
      return html`<li data-prediction=${id} data-status=${open || answer === undefined || result?.open ? "OPEN" : (result?.status ?? "OPEN")}>
        <p class="check-name" id=${`ask-${id}`}>${name}</p>
        ${open && typing ? answerForm(prediction, answer, predict, `ask-${id}`) : told(prediction, answer, result, open)}</li>`;
    })}</ol></section>`;
}

/** What an answer stands for. */
export function answerText({ choices }: Prediction, answer: string): string {
  return choices?.find(({ id }) => id === answer)?.name ?? answer;
}

/**
 * The way to answer: a button for each choice, or a field.
 *
 * @param label the id of what asks
 */
export function answerForm(
  prediction: Prediction,
  answer: string | undefined,
  predict: Predict,
  label: string,
): TemplateResult {
  const { id, choices } = prediction;
  if (choices && choices.length > 0) {
    return html`<div class="choices" role="group" aria-labelledby=${label}>${choices.map(
      (choice) => html`<button type="button" class="button button-small choice" data-choice=${choice.id}
        aria-pressed=${answer === choice.id ? "true" : "false"} @click=${() => predict(id, choice.id)}>${choice.name}</button>`,
    )}</div>`;
  }
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const value = new FormData(event.currentTarget as HTMLFormElement).get("value");
    if (typeof value === "string" && value.trim() !== "") predict(id, value.trim());
  };
  return html`<form class="prediction" @submit=${submit}>
    <input class="mono" name="value" size="8" autocomplete="off" aria-labelledby=${label} .value=${answer ?? ""}>
    <button class="button button-small">${answer === undefined ? "I predict" : "Change"}</button>
    ${answer === undefined ? nothing : html`<span class="prediction-said">You say <b class="mono">${answer}</b></span>`}
  </form>`;
}

/** While the run goes on, what is not decided yet is open. */
function told(
  prediction: Prediction,
  answer: string | undefined,
  result: CheckResult | undefined,
  open: boolean,
): TemplateResult {
  if (answer === undefined) {
    return html`<p class="quiet">${open ? "Not answered yet." : "Not answered. It is asked before the first call; start over to answer it."}</p>`;
  }
  const said = html`You said <b class=${prediction.choices?.length ? "" : "mono"}>${answerText(prediction, answer)}</b>`;
  if (result?.status === "PASS") return html`<p class="prediction-good">✔ ${said}, and so it was.</p>`;
  if (result?.status === "FAIL" && result.open !== true)
    return html`<p class="prediction-bad">✘ ${said}, <span class="quiet">but ${result.output}.</span></p>`;
  const soFar = result?.status === "FAIL" && result.output !== "" ? ` So far ${result.output}.` : "";
  return html`<p>${said}. <span class="quiet">Not decided yet.${soFar}</span></p>`;
}
