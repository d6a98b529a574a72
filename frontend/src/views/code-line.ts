import { html, nothing, type TemplateResult } from "lit";
import { formatShortTime, type Nanos } from "../base/time.ts";
import type { Standing } from "../trace/line-calls.ts";
import { SHAPES, STANDING_WORDS } from "./code-margin.ts";
import { socketBadge } from "./diagram-text.ts";
import { hueOf } from "./linked.ts";

/** What a line has called up to the cursor, and what came of the call that is looked at. */
export interface LineModel {
  /** `server.c:41` */
  readonly place: string;
  readonly calls: readonly CallRow[];
  /** How many were made before those. */
  readonly earlier: number;
}

export interface CallRow {
  readonly seq: number;
  readonly at: Nanos;
  readonly standing: Standing;
  readonly text: string;
  /** Which of several tasks made it; empty where there is one. */
  readonly who: string;
  readonly socket: number;
  /** The packets it was sent with: told of the last call alone. */
  readonly packets: readonly PacketRow[];
  readonly current: boolean;
}

export interface PacketRow {
  readonly seq: number;
  /** As the diagram's: B was sent for it, C acknowledges that. */
  readonly letter: "B" | "C";
  readonly text: string;
}

/** The calls of the line where the caret is: what the margin shows, for keys too. */
export function lineView({ place, calls, earlier }: LineModel): TemplateResult {
  if (calls.length === 0) {
    return html`<p class="empty"><b class="mono">${place}</b> has called nothing yet.
      Its calls stand beside a line once the program has run, and here with their packets.</p>`;
  }
  return html`<p class="code-place"><b class="mono">${place}</b>${earlier > 0 ? html` <span class="quiet">${earlier} earlier, and</span>` : nothing}</p>
    <ol>${calls.map(callRow)}</ol>`;
}

function callRow({ seq, at, standing, text, who, socket, packets, current }: CallRow): TemplateResult {
  return html`<li data-standing=${standing} data-hue=${socket > 0 ? hueOf(socket) : nothing} ?data-current=${current}>
    <button type="button" class="link-button mono" data-goto=${seq}><span aria-hidden="true">${SHAPES[standing]}</span>
      <span class="visually-hidden">${STANDING_WORDS[standing]}: </span>${who}${text}</button>
    <span class="quiet">${formatShortTime(at, 6)}</span>
    ${socket > 0 ? html`<span class="call-socket" title=${`socket ${socket}`}>${socketBadge(socket)}</span>` : nothing}
    ${packets.map(
      (packet) =>
        html`<button type="button" class="link-button code-packet" data-goto=${packet.seq}><b>[${packet.letter}]</b> ${packet.text}</button>`,
    )}</li>`;
}
