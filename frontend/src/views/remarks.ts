import { html, nothing, type TemplateResult } from "lit";

/** Something that a program did and hardly meant, as it stands at the cursor. */
export interface RemarkRow {
  readonly id: string;
  readonly text: string;
  readonly lesson: string;
  /** Where, and what else it speaks of: one at least. */
  readonly parts: readonly RemarkPart[];
  /** `later`: the cursor stands before it; `earlier`: it is about a program that has ended, and another was started since. */
  readonly when: "now" | "later" | "earlier";
}

export interface RemarkPart {
  readonly host: string;
  /** `server.c:41`; empty where that is not known. */
  readonly place: string;
  /** Whether the place is in a file that is open to the student. */
  readonly open: boolean;
  /** What happened there; empty for what the remark says. */
  readonly text: string;
  /** The event that shows it; 0 for none. */
  readonly seq: number;
}

export interface RemarkActions {
  /** To a place of the program that runs on a host. */
  goToPlace(host: string, place: string): void;
}

/**
 * What there is to say of the program of a host, with its lines and its events.
 *
 * @param place the line that is looked at: what is said of it is marked
 */
export function remarksView(
  rows: readonly RemarkRow[],
  host: string,
  place: string,
  actions: RemarkActions,
): TemplateResult {
  const here = ({ parts }: RemarkRow) => parts.some((part) => part.host === host && part.place === place);
  return html`<p class="visually-hidden" role="status">${saying(rows.length, host)}</p>${
    rows.length === 0
      ? nothing
      : html`<section class="code-remarks" aria-label=${`About the program of ${host}`}><ol>${rows.map((row) =>
          remark(row, host, here(row), actions),
        )}</ol></section>`
  }`;
}

export function saying(count: number, host: string): string {
  if (count === 0) return "";
  return `${count} ${count === 1 ? "remark" : "remarks"} about the program of ${host}`;
}

const WHEN: Readonly<Record<RemarkRow["when"], string>> = {
  now: "",
  later: "Further on: ",
  earlier: "Of a program that ran before: ",
};

function remark(row: RemarkRow, host: string, here: boolean, actions: RemarkActions): TemplateResult {
  const { id, text, lesson, parts, when } = row;
  const [first, ...others] = parts;
  return html`<li data-remark=${id} data-when=${when} ?data-here=${here}><span class="remark-mark" aria-hidden="true">!</span>
    <div><p>${first ? place(first, host, actions) : nothing} <span class="quiet">${WHEN[when]}</span>${text} ${first ? event(first) : nothing}</p>
      ${others.map((part) => html`<p>${place(part, host, actions)} ${part.text} ${event(part)}</p>`)}
      <p class="quiet">${lesson}</p></div></li>`;
}

function place({ host, place: where, open }: RemarkPart, shown: string, actions: RemarkActions) {
  if (where === "") return nothing;
  const words = host === shown ? where : `${host}, ${where}`;
  if (!open) return html`<span class="mono">${words}</span>`;
  return html`<button type="button" class="link-button mono" @click=${() => actions.goToPlace(host, where)}>${words}</button>`;
}

const event = ({ seq }: RemarkPart) =>
  seq > 0 ? html`<button type="button" class="link-button" data-goto=${seq}>Event ${seq}</button>` : nothing;
