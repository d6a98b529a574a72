import { html, nothing, type TemplateResult } from "lit";
import { count } from "../base/octets.ts";
import type { HostState, NicState } from "../trace/state.ts";
import { dropText } from "../trace/wire-names.ts";
import { type RingCell, type RingWindow, rxWindow, txWindow } from "./ring-layout.ts";

/** The NICs of a host: their rings around the heads, interrupts and polls; and what was lost on the host. */
export function nicPanel({ nics, drops }: HostState): TemplateResult | typeof nothing {
  if (nics.size === 0 && drops.size === 0) return nothing;
  return html`<details class="nics" open><summary>Network card <span class="quiet">${[...nics.keys()].join(", ")}</span></summary>
    ${[...nics].map(([dev, nic]) => card(dev, nic))}
    ${[...drops].map(([reason, n]) => html`<p class="bad drops"><b>✕ ${n}</b> dropped: ${dropText(reason)}</p>`)}</details>`;
}

function card(dev: string, nic: NicState): TemplateResult {
  const { rxSize, rxHead, rxTail, rxUsed, txSize, txHead, txTail, txUsed, interrupts, masked, polls } = nic;
  return html`<div class="nic" data-nic=${dev}>
    ${rxSize > 0 ? ring("RX ring", rxWindow(rxSize, rxHead, rxTail, rxUsed), `${rxUsed} of ${rxSize} for the driver`) : nothing}
    ${txSize > 0 ? ring("TX ring", txWindow(txSize, txHead, txTail, txUsed), `${txUsed} of ${txSize} used`) : nothing}
    <p class="quiet"><span class="ring-head" aria-hidden="true">▼</span> head <span class="ring-tail" aria-hidden="true">▲</span> tail, dashed: the
      driver's. ${count(interrupts, "interrupt")}${masked ? html`, <b>masked</b> until polled` : nothing}, ${count(polls, "poll")}</p></div>`;
}

function ring(name: string, { cells, more }: RingWindow, said: string): TemplateResult {
  return html`<div class="ring" role="img" aria-label=${`${name}: ${said}`}><p class="buffer-name"><span>${name}</span><span>${said}</span></p>
    <div class="ring-cells">${cells.map(cellView)}${more > 0 ? html`<span class="quiet">… ${more} more</span>` : nothing}</div></div>`;
}

function cellView({ place, owner, full, mark }: RingCell): TemplateResult {
  const title = `descriptor ${place}: the ${owner}'s${full ? ", with a packet" : ""}${mark ? `; ${mark}` : ""}`;
  return html`<span class="ring-cell" data-owner=${owner} ?data-full=${full} data-mark=${mark} title=${title}></span>`;
}
