import { svg, type TemplateResult } from "lit";
import { isMadeAgain } from "../trace/call-events.ts";
import type { TraceIndex } from "../trace/trace-index.ts";
import { dropText } from "../trace/wire-names.ts";
import { round } from "./diagram-arrow.ts";
import { dropOf, type Item, returnsAtOnce, type StateItem } from "./diagram-items.ts";
import type { Label } from "./diagram-layout.ts";
import { fitCall, socketBadge, withNames } from "./diagram-text.ts";

/** Widths of a character of the diagram's text, px: of calls, of words, of states. */
const CHARACTER = 7;
const WORD_CHARACTER = 6;
const STATE_CHARACTER = 7.2;

/** How what is drawn of an item stands to the cursor and to what is pointed at. */
export interface Look {
  readonly selected: boolean;
  /** Later than the cursor: shown faintly. */
  readonly future: boolean;
  /** The letter of what it belongs together with, if that is pointed at. */
  readonly badge: string;
  /** The sentence of an event. */
  readonly say: (seq: number) => string;
}

/** On the inner side of the lifeline: the state that a socket is in from here on. */
export function stateView({ item, x, y, column }: Label<StateItem>, look: Look): TemplateResult {
  const text = `${item.to} ${socketBadge(item.socket)}`;
  const told = look.say(item.seq);
  const width = text.length * STATE_CHARACTER + 14;
  const left = column.outside < 0 ? x - 6 : x - width + 6;
  return svg`<g class="state" data-goto=${item.seq} data-state=${item.to} ?data-selected=${look.selected}
      ?data-future=${look.future} tabindex=${look.selected ? 0 : -1} role="button" aria-label=${`${text}: ${told}`}>
    <title>${told}</title>
    <rect x=${round(left)} y=${round(y - 9.5)} width=${round(width)} height="19" rx="9.5"/>
    <text x=${round(left + width / 2)} y=${round(y + 4)} text-anchor="middle">${text}</text></g>`;
}

/** On the outer side: a call, what it returns, a timer, why a packet was dropped. */
export function noteView(
  { item, x, y, column }: Label<Exclude<Item, StateItem>>,
  look: Look,
  run: { readonly index: TraceIndex; readonly addresses: ReadonlyMap<string, string> },
): TemplateResult {
  const text = withNames(noteText(item, run.index), run.addresses);
  if (text === "") return svg``;
  const room = Math.floor(column.room / (item.kind === "arrival" ? WORD_CHARACTER : CHARACTER));
  const at = round(x + column.outside * column.textOffset);
  const badge = look.badge === "" ? "" : `${look.badge} `;
  const reason = (item.kind === "arrival" || item.kind === "note") && text.length > room ? twoLines(text, room) : null;
  const written = badge + fitCall(text, room - badge.length);
  const anchor = column.outside < 0 ? "end" : "start";
  return svg`<g class="note" data-goto=${item.seq} data-kind=${item.kind} ?data-failed=${failed(item)}
      ?data-selected=${look.selected} ?data-linked=${look.badge !== ""} ?data-future=${look.future}
      tabindex=${look.selected ? 0 : -1} role="button" aria-label=${`${text}: ${look.say(item.seq)}`}>
    <title>${text}</title>
    ${
      reason
        ? reason.map((line, i) => svg`<text x=${at} y=${round(y - 2 + 12 * i)} text-anchor=${anchor}>${line}</text>`)
        : svg`<text x=${at} y=${round(y + 4)} text-anchor=${anchor}>${written}</text>`
    }</g>`;
}

/** In two lines of so many characters, broken between words; what does not fit into the second is cut. */
export function twoLines(text: string, room: number): readonly [string, string] {
  const place = text.lastIndexOf(" ", room);
  const at = place > 0 ? place : room;
  return [text.slice(0, at), fitCall(text.slice(at).trimStart(), room)];
}

function noteText(item: Item, index: TraceIndex): string {
  switch (item.kind) {
    case "call":
      return returnsAtOnce(item.story) ? (item.story.returned?.text ?? "") : item.story.entered.text;
    case "return":
      return returned(item.story.returned?.text ?? "");
    case "arrival": {
      const reason = dropOf(item, index);
      return reason === null ? "" : dropText(reason);
    }
    case "note":
      return item.text;
    default:
      return "";
  }
}

/** Of a call that had to wait, the result alone: what it was stands where it began. */
function returned(text: string): string {
  const at = text.lastIndexOf(" = ");
  return at < 0 ? text : text.slice(at + 1);
}

function failed(item: Item): boolean {
  if (item.kind === "arrival") return true; // a note stands only beside one that was dropped
  if (item.kind !== "return" && !(item.kind === "call" && returnsAtOnce(item.story))) return false;
  const { returned } = item.story;
  return returned?.errno !== undefined && !isMadeAgain(returned);
}
