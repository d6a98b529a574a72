import { html, nothing, type TemplateResult } from "lit";

export interface HandInModel {
  /** Where the form goes. */
  readonly action: string;
  /** The hidden input that a form needs to be taken. */
  readonly csrf: { readonly name: string; readonly value: string } | null;
  /** Tasks that are done now, and all there are. */
  readonly done: number;
  readonly all: number;
  /** How often something was handed in for this lab. */
  readonly made: number;
  /** How many of these the lab grades; 0 for any number. */
  readonly graded: number;
  /** What it can still earn, as the course says; empty where it is for no course. */
  readonly worth: string;
}

/** Asks before a run is handed in, beside the page and not over it: the keys of the bench go on working. */
export function handInView(model: HandInModel): TemplateResult {
  const { action, csrf, done, all } = model;
  return html`<span class="bench-score" title="Tasks that are done">${done}/${all} tasks</span>
    <button type="button" class="button button-primary button-small" data-act="submit" popovertarget="hand-in"
      title="Hand this run in to be graded">Submit</button>
    <div class="hand-in" id="hand-in" popover role="group" aria-labelledby="hand-in-title">
      <p class="hand-in-title" id="hand-in-title">Hand this run in?</p>
      <p>${done === all ? "All tasks are done." : html`<b>${done} of ${all}</b> tasks are done.`} ${attemptsText(model)}</p>
      ${model.worth === "" ? nothing : html`<p class="hand-in-worth">${model.worth}</p>`}
      <form class="bench-submit" method="post" action=${action}>
        ${csrf ? html`<input type="hidden" name=${csrf.name} value=${csrf.value}>` : nothing}
        <button class="button button-primary button-small" data-act="hand-in" autofocus>Hand it in</button>
        <button type="button" class="button button-small" popovertarget="hand-in" popovertargetaction="hide">Not yet</button>
      </form>
    </div>`;
}

/** What the lab says of how often it grades. */
export function attemptsText({ made, graded }: Pick<HandInModel, "made" | "graded">): string {
  if (graded === 0) return "You can hand in as often as you like.";
  const left = graded - made;
  if (left <= 0) return `The lab grades ${graded} attempts, and you have made ${made}.`;
  if (left === 1) return `The lab grades ${graded} attempts. This is the last of them.`;
  return `The lab grades ${graded} attempts. ${left} are left, this one among them.`;
}
