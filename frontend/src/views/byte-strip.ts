import { html, nothing, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import { count, hexLines } from "../base/octets.ts";
import { onDemand } from "../base/on-demand.ts";
import type { Strip, StripPart } from "./strip-layout.ts";

/** Looks up the octets of a stream, by relative sequence numbers; null where the trace has not all of them. */
export type Octets = (from: number, end: number) => Uint8Array | null;

/** So many octets are shown of a part. */
export const SHOWN_OCTETS = 64;

/** A buffer as a strip: what is in it, in the order of the stream, with the very octets on hover and focus. */
export function byteStrip(
  name: string,
  { parts, limit }: Strip,
  octets: Octets,
  point?: (part: StripPart | null) => void,
): TemplateResult {
  const over = (event: Event): void => {
    const part = (event.target as Element).closest("[data-part]");
    const at = part?.parentElement ? [...part.parentElement.children].indexOf(part) : -1;
    point?.(parts[at] ?? null);
  };
  const off = (): void => point?.(null);
  const held = parts.filter(isHeld);
  const said = held.length === 0 ? "empty" : held.map((part) => `${part.octets} ${part.label}`).join(", ");
  return html`<div class="strip" data-strip=${name}><p class="buffer-name"><span>${name}</span><span>${said}</span></p>
    <div class="strip-bar" role="group" aria-label=${`${name}: ${said}, ${limit}`} @keydown=${dismiss}
        @pointerover=${over} @pointerleave=${off} @focusin=${over} @focusout=${off}>${parts.map(
          (
            part,
          ) => html`<span class="strip-part" tabindex="0" role="img" data-part=${part.kind} data-octets=${part.octets}
        aria-label=${words(part)} ${properties({ "--share": String(part.share) })}><span
          class="peek" aria-hidden="true" ${onDemand("pointed", () => peek(part, octets))}></span></span>`,
        )}</div></div>`;
}

const isHeld = ({ kind }: StripPart): boolean => kind !== "free" && kind !== "acknowledged" && kind !== "read";

/** Whether nothing waits in a buffer. */
export const isEmpty = ({ parts }: Strip): boolean => !parts.some(isHeld);

function words({ label, from, octets }: StripPart): string {
  const place = from === null ? "" : `, ${from}:${from + octets}`;
  return `${label}: ${count(octets, "octet")}${place}`;
}

/** What hover and focus show. Escape puts it away. */
function peek(part: StripPart, octets: Octets): TemplateResult {
  const { kind, from } = part;
  const empty = kind === "free" || kind === "hole" || from === null;
  const shown = Math.min(part.octets, SHOWN_OCTETS);
  const text = empty ? null : octets(from, from + shown);
  const more = part.octets - shown;
  return html`<b>${words(part)}</b>
    ${
      text
        ? html`<span class="dump">${hexLines(text).map(({ hex, text: readable }) => html`<span>${hex}</span><span>${readable}</span>`)}</span>`
        : empty
          ? nothing
          : html`<span class="quiet">The trace does not have these octets.</span>`
    }${text && more > 0 ? html`<span class="quiet">and ${more} more</span>` : nothing}`;
}

function dismiss(event: KeyboardEvent): void {
  if (event.key === "Escape") (event.target as HTMLElement).blur();
}
