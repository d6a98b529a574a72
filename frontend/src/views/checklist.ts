import { html, nothing, type TemplateResult } from "lit";
import type { CheckResult, CheckStatus } from "../api/frames.ts";

/** A check as the list shows it. */
export type Task = Pick<CheckResult, "id" | "name" | "output" | "evidence"> & { readonly status: TaskStatus };

/** While a run goes on, what is only lacking has not failed: it is open. */
export type TaskStatus = Exclude<CheckStatus, "NOT_EXERCISED"> | "OPEN";

/** The lab's checks in the page's order, with the latest that is known of each. */
export function tasks(
  known: readonly { readonly id: string; readonly name: string }[],
  results: readonly CheckResult[],
): Task[] {
  const byId = new Map(results.map((result) => [result.id, result]));
  const listed = known.map(
    ({ id, name }): Task => task(byId.get(id) ?? { id, name, status: "NOT_EXERCISED", output: "", evidence: [] }),
  );
  const ids = new Set(known.map(({ id }) => id));
  return [...listed, ...results.filter((result) => !ids.has(result.id)).map(task)];
}

function task({ id, name, status, output, evidence, open }: CheckResult): Task {
  const lacks = status === "NOT_EXERCISED" || (status === "FAIL" && open === true);
  return { id, name, status: lacks ? "OPEN" : status, output, evidence };
}

const MARKS: Readonly<Record<TaskStatus, string>> = {
  PASS: "✔",
  FAIL: "✘",
  OPEN: "○",
  BLOCKED: "○",
  ERROR: "!",
};
const WORDS: Readonly<Record<TaskStatus, string>> = {
  PASS: "done",
  FAIL: "not so",
  OPEN: "not yet",
  BLOCKED: "waits for another",
  ERROR: "could not be checked",
};
const MOST_EVIDENCE = 4;

/** The lab's tasks; they light up as the run goes on. */
export function checklistView(all: readonly Task[]): TemplateResult {
  return html`<ol class="checklist">${all.map(
    (task) => html`<li data-check=${task.id} data-status=${task.status}>
      <span class="check-mark" role="img" aria-label=${WORDS[task.status]}>${MARKS[task.status]}</span>
      <div><p class="check-name">${task.name}</p>
      ${details(task)}</div></li>`,
  )}</ol>`;
}

function details(task: Task): TemplateResult | typeof nothing {
  const seen = task.evidence.length > 0 ? evidence(task) : nothing;
  switch (task.status) {
    case "PASS":
      return html`${seen}`;
    case "FAIL":
    case "ERROR":
      return html`<p class="check-output">${task.output}</p>${seen}`;
    case "OPEN":
      return task.output
        ? html`<details class="check-missing"><summary>What is missing</summary>
            <p class="check-output">${task.output}</p>${seen}</details>`
        : nothing;
    case "BLOCKED":
      return nothing;
    default:
      return task.status satisfies never;
  }
}

function evidence({ evidence }: Task): TemplateResult {
  const more = evidence.length - MOST_EVIDENCE;
  return html`<p class="check-evidence">${evidence
    .slice(0, MOST_EVIDENCE)
    .map((seq) => html`<a href="#e=${seq}">event ${seq}</a> `)}${more > 0 ? html`and ${more} more` : nothing}</p>`;
}
