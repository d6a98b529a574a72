import { html, type TemplateResult } from "lit";
import type { Mistake } from "../api/drafts.ts";

/** What is wrong with a draft, each a link to its place. */
export function mistakesView(
  mistakes: readonly Mistake[],
  path: string,
  page: string,
  goTo: (line: number) => void,
): TemplateResult {
  if (mistakes.length === 0) {
    return html`<p class="empty">None: the lab can be read. <a href="${page}/verify">Try it, and have it proven</a>.</p>`;
  }
  const go = (event: Event, line: number): void => {
    event.preventDefault();
    goTo(line);
  };
  const link = ({ file, line, column }: Mistake): TemplateResult => {
    const place = `${file}:${line}:${column}`;
    const address = `${page}?file=${encodeURIComponent(file)}&line=${line}`;
    return file === path
      ? html`<a class="mono" href=${address} @click=${(event: Event) => go(event, line)}>${place}</a>`
      : html`<a class="mono" href=${address}>${place}</a>`;
  };
  return html`<ol>${mistakes.map((mistake) => html`<li>${link(mistake)} <span>${mistake.message}</span></li>`)}</ol>`;
}
