import { html, nothing, svg, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { formatTime, type Nanos } from "../base/time.ts";
import { shownKey } from "./keys.ts";

export interface TransportModel {
  readonly cursor: number;
  readonly lastSeq: number;
  /** At the cursor. */
  readonly now: Nanos;
  /** When the next event is due; null if nothing will happen by itself. */
  readonly next: Nanos | null;
  /** Whether time may be let pass: the student's own run, and nothing asked for is still under way. */
  readonly live: boolean;
  /** The run has halted to ask something: nothing goes on before there is an answer. */
  readonly asking: boolean;
  readonly everyEvent: boolean;
  readonly until: string;
  /** What was recorded is being played. */
  readonly playing: boolean;
  /** What the buttons beside it go to, and what there is to choose of. */
  readonly landmark: string;
  readonly landmarks: readonly { readonly id: string; readonly name: string }[];
  /** Which key does it; empty for none. */
  readonly keyOf: (act: Act) => string;
}
export type Act =
  | "first"
  | "prev"
  | "next"
  | "last"
  | "play"
  | "rtt-before"
  | "rtt-after"
  | "mark-before"
  | "mark-after"
  | "step"
  | "step-call"
  | "run"
  | "until";
export interface TransportActions {
  act(act: Act): void;
  seek(seq: number): void;
  setUntil(text: string): void;
  setLandmark(id: string): void;
  setEveryEvent(on: boolean): void;
}

/** The line that does the same, typed in a console or written in a script. */
const LINES: Readonly<Partial<Record<Act, string>>> = { step: "step", "step-call": "step call", run: "run" };

/** Two things that look alike are kept apart: looking back at what has happened, and letting more of it happen. */
export function transportView(model: TransportModel, actions: TransportActions): TemplateResult {
  const { cursor, lastSeq } = model;
  const atEnd = cursor >= lastSeq;
  const goesOn = model.live && !model.asking;
  return html`<div class="transport" role="group" aria-label="Time">
    <div class="transport-group" role="group" aria-label="Look back">
      ${icon("first", "First event", cursor > 0, model, actions)}
      ${icon("prev", "Previous event", cursor > 0, model, actions)}
      ${icon(model.playing ? "pause" : "play", model.playing ? "Pause" : "Play what was recorded", lastSeq > 0, model, actions, "play")}
      ${icon("next", "Next event", !atEnd, model, actions)}
      ${icon("last", "Last event", !atEnd, model, actions)}
      <span class="landmarks" role="group" aria-label="Go to a landmark">
      ${icon("prev", "The one before", cursor > 0, model, actions, "mark-before")}
      <select aria-label="Landmark" @change=${(event: Event) => actions.setLandmark((event.target as HTMLSelectElement).value)}>${model.landmarks.map(
        ({ id, name }) => html`<option value=${id} ?selected=${id === model.landmark}>${name}</option>`,
      )}</select>
      ${icon("next", atEnd ? "Run until the next one" : "The next one", !atEnd || goesOn, model, actions, "mark-after")}
      </span>
      <input class="slider" type="range" min="0" max=${lastSeq} .value=${live(String(cursor))} aria-label="Event at the cursor"
        aria-valuetext=${`event ${cursor} of ${lastSeq}, ${formatTime(model.now)}`}
        @input=${(event: Event) => actions.seek(Number((event.target as HTMLInputElement).value))}>
      <output class="transport-where number"><span>${formatTime(model.now)}</span><span class="quiet">event ${cursor}/${lastSeq}</span></output>
    </div>
    <div class="transport-group" role="group" aria-label="Go on">
      ${
        model.asking
          ? button("step", "What happens next?", "To the answers", model.live, model, actions, "button-primary")
          : button("step", "Step", "Let the next event happen", model.live, model, actions)
      }
      ${button("step-call", "Step call", "Until a call returns", goesOn, model, actions)}
      ${button("run", "Run", "Until nothing is under way", goesOn, model, actions, model.asking ? "" : "button-primary")}
      <form class="until" @submit=${(event: Event) => {
        event.preventDefault();
        actions.act("until");
      }}>
        <input class="mono" id="run-until" .value=${live(model.until)} aria-label="Run until a time or a condition, for example 1.5s or client.cwnd > 20" placeholder="1.5s …" size="12"
          ?disabled=${!goesOn} @input=${(event: Event) => actions.setUntil((event.target as HTMLInputElement).value)}>
        <button class="button button-small" ?disabled=${!goesOn || model.until.trim() === ""}>Run until</button>
      </form>
      <form class="until goto" @submit=${(event: SubmitEvent) => {
        event.preventDefault();
        actions.seek(Number(new FormData(event.currentTarget as HTMLFormElement).get("event")));
      }}>
        <input class="mono" id="goto-event" name="event" type="number" min="1" max=${Math.max(lastSeq, 1)} required
          aria-label="Number of an event" placeholder="event">
        <button class="button button-small button-quiet" ?disabled=${lastSeq === 0}>Go to</button>
      </form>
      <span class="transport-next quiet">${atEnd ? nextText(model) : nothing}</span>
    </div>
    <label class="every"><input type="checkbox" .checked=${live(model.everyEvent)}
      @change=${(event: Event) => actions.setEveryEvent((event.target as HTMLInputElement).checked)}> every event</label>
  </div>`;
}

function nextText({ next, asking }: TransportModel): string {
  if (asking) return "The run waits for an answer";
  return next === null ? "Nothing is under way" : `Next at ${formatTime(next)}`;
}

function button(
  act: Act,
  content: string | TemplateResult,
  title: string,
  enabled: boolean,
  model: TransportModel,
  actions: TransportActions,
  kind = "",
): TemplateResult {
  const key = model.keyOf(act);
  const line = LINES[act];
  const also = [key === "" ? "" : `key ${shownKey(key)}`, line ? `line ${line}` : ""].filter((way) => way !== "");
  return html`<button type="button" class="button button-small ${kind}" data-act=${act} id=${act === "step" ? "step" : nothing}
    title=${also.length === 0 ? title : `${title} (${also.join(", ")})`}
    ?disabled=${!enabled} @click=${() => actions.act(act)}>${content}</button>`;
}

type Seek = "first" | "prev" | "next" | "last" | "play" | "pause";

const ICONS: Readonly<Record<Seek, string>> = {
  first: "M4 4v12M16 4.5v11L7 10z",
  prev: "M14 4.5v11L6 10z",
  next: "M6 4.5v11l8-5.5z",
  play: "M4 10a6 6 0 1 0 6-6M8.5 7.5v5l4-2.5z",
  pause: "M7 5v10M13 5v10",
  last: "M16 4v12M4 4.5v11l9-5.5z",
};

function icon(
  drawn: Seek,
  title: string,
  enabled: boolean,
  model: TransportModel,
  actions: TransportActions,
  act: Act = drawn === "pause" ? "play" : drawn,
): TemplateResult {
  const drawing = html`<svg class="icon" data-icon=${drawn} viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">${svg`<path d=${ICONS[drawn]}/>`}</svg>
    <span class="visually-hidden">${title}</span>`;
  return button(act, drawing, title, enabled, model, actions, "button-icon");
}
