import { html, nothing, svg, type TemplateResult } from "lit";
import { count } from "../base/octets.ts";
import type { HostState, NicState } from "../trace/state.ts";
import { dropText } from "../trace/wire-names.ts";
import { cellText, type RingCell, type RingWindow, rxWindow, txWindow } from "./ring-layout.ts";

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

/** Of a cell, px; and where cells begin below the marks of the heads. */
const STEP = 10;
const [WIDTH, HEIGHT, TOP] = [8, 13, 6];

/** Few shapes for all cells: rings change with every packet. */
function ring(name: string, { cells, more }: RingWindow, said: string): TemplateResult {
  const width = cells.length * STEP;
  const boxes = (wanted: (cell: RingCell) => boolean): string =>
    cells.map((cell, i) => (wanted(cell) ? `M${i * STEP + 1} ${TOP}h${WIDTH}v${HEIGHT}h-${WIDTH}z` : "")).join("");
  const marks = (mark: string, path: string): string =>
    cells.map((cell, i) => (cell.mark.includes(mark) ? `M${i * STEP + 1}${path}` : "")).join("");
  const tell = (event: PointerEvent): void => {
    const area = event.currentTarget as HTMLElement;
    const cell = cells[Math.floor((event.offsetX / Math.max(area.clientWidth, 1)) * cells.length)];
    area.title = cell ? cellText(cell) : "";
  };
  return html`<div class="ring" role="img" aria-label=${`${name}: ${said}`}><p class="buffer-name"><span>${name}</span><span>${said}</span></p>
    <div class="ring-cells"><span @pointermove=${tell}><svg viewBox="0 0 ${width} 25" width=${width} height="25" aria-hidden="true">${svg`
      <path class="ring-device" d=${boxes(({ owner, full }) => owner === "device" && !full)}/>
      <path class="ring-driver" d=${boxes(({ owner, full }) => owner === "driver" && !full)}/>
      <path class="ring-full" d=${boxes(({ full }) => full)}/>
      <path class="ring-head" d=${marks("head", ` 0h${WIDTH}l-${WIDTH / 2} 5z`)}/>
      <path class="ring-tail" d=${marks("tail", ` 25h${WIDTH}l-${WIDTH / 2} -5z`)}/>`}</svg></span>${
      more > 0 ? html`<span class="quiet">… ${more} more</span>` : nothing
    }</div></div>`;
}
