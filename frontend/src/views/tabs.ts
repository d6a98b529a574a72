import { html, type TemplateResult } from "lit";

export interface TabName {
  readonly id: string;
  readonly name: string;
  readonly title: string;
}

/** A list of tabs as WAI-ARIA has it: one is chosen, the arrows go round, Home and End to its ends. */
export function tabList(
  label: string,
  tabs: readonly TabName[],
  chosen: string,
  choose: (id: string) => void,
): TemplateResult {
  const move = (event: KeyboardEvent): void => {
    const next = NEXT[event.key]?.(
      tabs.findIndex((tab) => tab.id === chosen),
      tabs.length,
    );
    const tab = next === undefined ? undefined : tabs[next];
    if (!tab) return;
    event.preventDefault();
    choose(tab.id);
    (event.currentTarget as Element).querySelector<HTMLElement>(`[data-tab="${tab.id}"]`)?.focus();
  };
  return html`<div class="tab-list" role="tablist" aria-label=${label} @keydown=${move}>${tabs.map(
    ({ id, name, title }) => html`<button type="button" role="tab" data-tab=${id} id=${`tab-${id}`} title=${title}
      aria-controls="tab-panel" aria-selected=${id === chosen ? "true" : "false"} tabindex=${id === chosen ? 0 : -1}
      @click=${() => choose(id)}>${name}</button>`,
  )}</div>`;
}

const NEXT: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowRight: (at, count) => (at + 1) % count,
  ArrowLeft: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};
