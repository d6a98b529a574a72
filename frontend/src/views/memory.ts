import { html, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import type { HostMemory, MemoryRow, Use } from "./memory-layout.ts";

/** What each host's buffers take of memory, as its kernel accounts it. */
export function memoryView(hosts: readonly HostMemory[]): TemplateResult {
  return html`<div class="memory" data-still role="region" aria-label="Memory of each host" tabindex="0">
    <p class="quiet">A buffer is charged with what a packet takes, its <dfn title="skb->truesize: the buffer's room and the sk_buff that describes
      it">truesize</dfn>, and not with its text: limits are in octets of memory. <code>ss -m</code> in a console tells the same.</p>
    ${hosts.map(
      ({ host, total, sockets, rings }) => html`<section class="memory-host" data-memory=${host}><h3>${host}
        <span class="quiet">${total.toLocaleString("en")} octets in its sockets</span></h3>
        ${sockets.length + rings.length === 0 ? html`<p class="quiet">No socket has a buffer in use yet.</p>` : table([...sockets, ...rings])}</section>`,
    )}</div>`;
}

function table(rows: readonly MemoryRow[]): TemplateResult {
  return html`<table><thead><tr><th scope="col">Whose</th><th scope="col">What</th><th scope="col" class="number">Used</th>
    <th scope="col" class="number">Limit</th><th scope="col">Share</th></tr></thead>
    <tbody>${rows.map((row) => row.uses.map((use, i) => useRow(row, use, i === 0)))}</tbody></table>`;
}

function useRow({ name, detail, uses }: MemoryRow, use: Use, first: boolean): TemplateResult {
  return html`<tr ?data-first=${first}>${
    first ? html`<th scope="rowgroup" rowspan=${uses.length}>${name}<br><span class="quiet">${detail}</span></th>` : ""
  }<td>${use.name}<br><span class="quiet">${use.note}</span></td><td class="number">${use.used.toLocaleString("en")}</td>
    <td class="number">${use.limit.toLocaleString("en")}<br><span class="quiet">${use.unit}</span></td>
    <td><span class="memory-bar" ${properties({ "--share": String(use.share) })} ?data-full=${use.share >= 0.9}></span>
      <span class="number">${Math.round(use.share * 100)} %</span></td></tr>`;
}
