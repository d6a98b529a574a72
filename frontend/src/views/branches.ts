import { html, nothing, svg, type TemplateResult } from "lit";
import { type BranchInfo, type BranchRow, branchRows } from "./branches-layout.ts";

export interface BranchesModel {
  readonly branches: readonly BranchInfo[];
  /** The run that the page shows. */
  readonly run: string;
  readonly cursor: number;
  readonly csrf: { readonly name: string; readonly value: string } | null;
}

const STEP = 22;
const HEIGHT = 40;
const DOT = 5;

/** The runs of this attempt as a tree, and a way to add one that begins as this run does up to the cursor. */
export function branchesView(model: BranchesModel): TemplateResult {
  if (model.branches.length === 0) {
    return html`<p class="empty">This run is somebody else's. Its branches are theirs.</p>`;
  }
  const here = model.branches.find(({ id }) => id === model.run);
  return html`<div class="branches" data-still>
    <form class="branch-fork" method="post" action=${`/runs/${model.run}/forks`}>
      ${hidden(model)}<input type="hidden" name="event" value=${model.cursor}>
      <label>Call it <input name="name" id="fork-name" maxlength="80" size="24" placeholder="what will be different"></label>
      <button class="button button-primary button-small" data-act="fork">Fork at event ${model.cursor}</button>
      <p class="hint">A fork is a run of its own that begins as this one did, up to the cursor. This run stays as it is.</p>
    </form>
    <h3>Branches</h3>
    <ol class="branch-tree">${branchRows(model.branches).map((row) => rowView(row, model))}</ol>
    ${
      here
        ? html`<form class="branch-name" method="post" action=${`/runs/${model.run}/name`}>${hidden(model)}
            <label>This one is called <input name="name" maxlength="80" size="24" value=${here.name}></label>
            <button class="button button-small">Rename</button></form>`
        : nothing
    }</div>`;
}

function hidden({ csrf }: BranchesModel): TemplateResult | typeof nothing {
  return csrf ? html`<input type="hidden" name=${csrf.name} value=${csrf.value}>` : nothing;
}

function rowView(row: BranchRow, { run }: BranchesModel): TemplateResult {
  const here = row.id === run;
  return html`<li data-branch=${row.branch} aria-current=${here ? "true" : nothing}>${lines(row, here)}
    <span class="branch-title">${here ? html`<b>${row.name}</b>` : html`<a href=${`/runs/${row.id}#e=${row.event}`}>${row.name}</a>`}
      <span class="quiet">${row.depth > 0 ? `from event ${row.event}` : ""}</span></span>
    ${here ? html`<span class="branch-here">you are here</span>` : html`<a class="button button-small button-quiet" href=${`/runs/${run}/comparison?with=${row.id}`}>Compare with this run</a>`}</li>`;
}

/** The lines that lead to a branch, and its dot. */
function lines({ depth, through, last }: BranchRow, here: boolean): TemplateResult {
  const x = (column: number): number => column * STEP + 10;
  const own =
    depth === 0 ? "" : `M${x(depth - 1)} 0V${HEIGHT / 2}H${x(depth)}${last ? "" : `M${x(depth - 1)} 0V${HEIGHT}`}`;
  const passing = through
    .slice(1)
    .map((goes, i) => (goes ? `M${x(i)} 0V${HEIGHT}` : ""))
    .join("");
  return html`<svg class="branch-lines" width=${x(depth) + 10} height=${HEIGHT} viewBox="0 0 ${x(depth) + 10} ${HEIGHT}" aria-hidden="true">
    ${svg`<path d=${own + passing}/><circle cx=${x(depth)} cy=${HEIGHT / 2} r=${here ? DOT + 2 : DOT} data-here=${here ? "true" : "false"}/>`}</svg>`;
}
