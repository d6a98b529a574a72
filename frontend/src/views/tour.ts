import { html, nothing, type TemplateResult } from "lit";

/** One thing that the tour shows: which panel, and what is there. */
interface Stop {
  /** Selects what is shown, within the bench. */
  readonly at: string;
  readonly pane: "lab" | "time" | "state" | "why" | null;
  readonly title: string;
  readonly text: string;
}

export const STOPS: readonly Stop[] = [
  {
    at: ".consoles",
    pane: null,
    title: "You are the programs",
    text: "Type a system call at a host's prompt, as a program would make it: socket(AF_INET, SOCK_STREAM, 0). Names and constants are completed as you type.",
  },
  {
    at: ".transport",
    pane: null,
    title: "Time waits for you",
    text: "Nothing moves until you let it: Step lets one event happen, Run goes on until nothing is under way. The slider goes back to any moment.",
  },
  {
    at: '[data-panel="time"]',
    pane: "time",
    title: "What has happened",
    text: "Every call, segment and state, with time running down. Click an arrow or a call to move the cursor there; the tabs show the same run in other ways.",
  },
  {
    at: '[data-panel="state"]',
    pane: "state",
    title: "What each host holds",
    text: "Sockets, buffers, queues and timers, all at the moment of the cursor.",
  },
  {
    at: '[data-panel="why"]',
    pane: "why",
    title: "Why it happened",
    text: "The event at the cursor: what led to it, the rule that decided it, and what would have happened otherwise.",
  },
  {
    at: '[data-panel="lab"]',
    pane: "lab",
    title: "What to do",
    text: "The tasks light up as you go. When you are content, Submit has the run graded.",
  },
];

export interface TourActions {
  /** Goes to a stop; beyond the last the tour is over. */
  tour(stop: number | null): void;
}

/** For who has not been here before. */
export function tourInvitation({ tour }: TourActions): TemplateResult {
  return html`<p class="tour-invitation">First time on a bench?
    <button type="button" class="button button-small" data-act="tour" @click=${() => tour(0)}>Show me around</button>
    <button type="button" class="button button-quiet button-small" @click=${() => tour(null)}>No, thanks</button></p>`;
}

/** The card of the stop that the tour is at. */
export function tourCard(stop: number | null, { tour }: TourActions): TemplateResult | typeof nothing {
  const shown = stop === null ? undefined : STOPS[stop];
  if (stop === null || !shown) return nothing;
  const last = stop === STOPS.length - 1;
  const keys = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.stopPropagation();
    tour(null);
  };
  return html`<aside class="tour-card" role="dialog" aria-label="Tour of the bench" @keydown=${keys}>
    <p class="quiet">${stop + 1} of ${STOPS.length}</p>
    <h2>${shown.title}</h2>
    <p>${shown.text}</p>
    <p class="tour-buttons">
      <button type="button" class="button button-quiet button-small" ?disabled=${stop === 0} @click=${() => tour(stop - 1)}>Back</button>
      <button type="button" class="button button-primary button-small" data-act="tour-next"
        @click=${() => tour(last ? null : stop + 1)}>${last ? "Begin" : "Next"}</button>
      <button type="button" class="button button-quiet button-small" ?hidden=${last} @click=${() => tour(null)}>Leave the tour</button></p>
  </aside>`;
}
