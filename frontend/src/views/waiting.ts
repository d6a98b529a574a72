import { html, nothing, type TemplateResult } from "lit";
import { count } from "../base/octets.ts";
import { formatDuration, formatTime, type Nanos, nanos } from "../base/time.ts";
import type { KqueueState } from "../trace/state.ts";
import type { Wait, WaitTotal } from "../trace/waits.ts";
import { bitSets, type EpollLists, lookedRows } from "./waiting-layout.ts";

export interface WaitingModel {
  readonly waits: readonly WaitModel[];
  readonly totals: readonly WaitTotal[];
}

export interface WaitModel {
  readonly wait: Wait;
  /** What it had looked at by the event at the cursor. */
  readonly scans: Wait["scans"];
  /** Since when it sleeps; null if it does not, at the cursor. */
  readonly sleeping: Nanos | null;
  readonly now: Nanos;
  readonly returned: boolean;
  readonly epoll: EpollLists | null;
  readonly kqueue: KqueueState | null;
  readonly earlier: number | null;
  readonly later: number | null;
}

/** What each wait for several descriptors looks at, at the cursor, and what all of them cost. */
export function waitingView(model: WaitingModel): TemplateResult {
  if (model.totals.length === 0) return nothingWaits();
  return html`<div class="waiting" data-still>
    ${
      model.waits.length === 0
        ? html`<p class="empty">No task has waited for several descriptors yet at the cursor.</p>`
        : model.waits.map(card)
    }
    ${comparison(model.totals)}</div>`;
}

function nothingWaits(): TemplateResult {
  return html`<div class="empty-view"><h3>No task waits for several descriptors</h3>
    <p>A <code>recv</code> waits for one socket. To wait for many, a program asks the kernel which of them are ready:</p>
    <dl class="waiting-kinds">
      <dt><code>select(nfds, …)</code></dt><dd>hands over three bit sets; the kernel goes through every bit below nfds.</dd>
      <dt><code>poll(fds, n, …)</code></dt><dd>hands over an array; the kernel goes through every entry of it.</dd>
      <dt><code>epoll_wait(epfd, …)</code></dt><dd>the kernel has kept the list, and goes through what has become ready.</dd>
      <dt><code>kevent(kq, …)</code></dt><dd>likewise, with a filter and data for each knote.</dd></dl>
    <p>Type one into a console, as <code>poll([{fd=3, events=POLLIN}], 1, -1)</code>: what it looked at, what it found
      and what that cost is shown here, one way beside the other.</p></div>`;
}

function card(model: WaitModel): TemplateResult {
  const { entered, mechanism } = model.wait;
  return html`<section class="wait-card" data-wait=${entered.call} aria-label=${`${entered.name} on ${entered.host}`}>
    <header><h3>${entered.host}${entered.task === 1 ? "" : html` <span class="quiet">task ${entered.task}</span>`}</h3>
      <a class="mono wait-call" href="#e=${entered.seq}">${entered.text}</a>
      <span class="wait-beside">${beside(model.earlier, "‹", "The wait before")}${beside(model.later, "›", "The wait after")}</span></header>
    ${standing(model)}
    ${mechanism === "select" ? sets(model) : nothing}
    ${mechanism === "poll" ? rows(model, "poll's array, entry by entry") : nothing}
    ${model.epoll ? lists(model.epoll) : nothing}
    ${model.kqueue ? knotes(model.kqueue) : nothing}
    ${mechanism === "epoll_wait" || mechanism === "kevent" ? rows(model, "Looked at by this call") : nothing}
    ${cost(model)}</section>`;
}

function beside(seq: number | null, sign: string, title: string): TemplateResult {
  return html`<button type="button" class="button button-quiet button-small" data-goto=${seq ?? 0} ?disabled=${seq === null}
    title=${title} aria-label=${title}>${sign}</button>`;
}

/** Whether it sleeps, and what came of it. */
function standing({ wait, sleeping, now, returned }: WaitModel): TemplateResult {
  if (returned && wait.returned) {
    const { seq, text, errno } = wait.returned;
    return html`<p class="wait-standing" data-standing="returned">Returned <a class="mono" href="#e=${seq}">${text.replace(/^.*\) = /s, "= ")}</a>
      ${errno ? html`<span class="bad">${errno}</span>` : nothing} <span class="quiet">at ${formatTime(wait.returned.at)}</span></p>`;
  }
  if (sleeping === null) return html`<p class="wait-standing" data-standing="looks">Looks.</p>`;
  return html`<p class="wait-standing" data-standing="sleeps">Sleeps, for ${formatDuration(nanos(now - sleeping))} so far: nothing was ready.</p>`;
}

const SET_NAMES = ["readfds", "writefds", "exceptfds"];

function sets({ scans }: WaitModel): TemplateResult | typeof nothing {
  const scan = scans.at(-1);
  if (!scan) return nothing;
  const { columns, more } = bitSets(scan.looked ?? [], scan.walked);
  return html`<div class="wait-scroll" tabindex="0"><table class="bit-sets"><caption>Each bit below nfds: set by the program, found ready by the kernel</caption>
    <thead><tr><th scope="col">fd</th>${columns.map(({ fd }) => html`<th scope="col">${fd}</th>`)}</tr></thead>
    <tbody>${SET_NAMES.map(
      (name, set) =>
        html`<tr><th scope="row" class="mono">${name}</th>${columns.map(({ fd, bits }) => {
          const bit = bits[set];
          const said = bit?.found ? "ready" : bit?.asked ? "set" : "not set";
          return html`<td data-bit=${said} title=${`fd ${fd}: ${said}`}>${bit?.found ? "1 ✓" : bit?.asked ? "1" : "0"}</td>`;
        })}</tr>`,
    )}</tbody></table>${more > 0 ? html`<p class="quiet">and ${more} bits more</p>` : nothing}</div>`;
}

function rows({ scans, wait }: WaitModel, title: string): TemplateResult | typeof nothing {
  const scan = scans.at(-1);
  if (!scan) return nothing;
  const looked = lookedRows(scan.looked ?? [], wait.mechanism);
  if (looked.length === 0) return html`<p class="quiet">${title}: nothing, the list was empty.</p>`;
  return html`<div class="wait-scroll" tabindex="0"><table class="looked"><caption>${title}</caption>
    <thead><tr><th scope="col"><span class="visually-hidden">place</span></th><th scope="col">fd</th><th scope="col">asked for</th><th scope="col">found</th></tr></thead>
    <tbody>${looked.map(
      ({
        place,
        fd,
        asked,
        found,
        ready,
        passed,
      }) => html`<tr ?data-ready=${ready}><td class="quiet">[${place}]</td><td>${fd}</td>
        <td class="mono">${passed ? "passed over" : asked}</td><td class="mono">${ready ? html`✓ ${found}` : "—"}</td></tr>`,
    )}</tbody></table>${scan.leftOut > 0 ? html`<p class="quiet">and ${scan.leftOut} more</p>` : nothing}</div>`;
}

function lists({ interests, ready, more }: EpollLists): TemplateResult {
  return html`<div class="epoll-lists">
    <div><h4>Ready list <span class="quiet">${ready.length + more}</span></h4>
      ${
        ready.length === 0
          ? html`<p class="quiet">empty</p>`
          : html`<ol class="ready-list" aria-label="Ready list">${ready.map((fd) => html`<li>${fd}</li>`)}</ol>${more > 0 ? html`<p class="quiet">and ${more} more</p>` : nothing}`
      }</div>
    <div class="wait-scroll" tabindex="0"><table class="looked"><caption>Interest list</caption>
      <thead><tr><th scope="col">fd</th><th scope="col">events</th><th scope="col">data</th><th scope="col">on the ready list</th></tr></thead>
      <tbody>${interests.map(
        ({
          fd,
          events,
          data,
          place,
        }) => html`<tr ?data-ready=${place >= 0}><td>${fd}</td><td class="mono">${events}</td><td>${data}</td>
          <td>${place < 0 ? "—" : html`✓ place ${place + 1}`}</td></tr>`,
      )}</tbody></table></div></div>`;
}

function knotes(kqueue: KqueueState): TemplateResult {
  return html`<div class="wait-scroll" tabindex="0"><table class="looked"><caption>Knotes</caption>
    <thead><tr>${["ident", "filter", "flags", "fflags", "data", "state"].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${[...kqueue.values()].map(
      (
        note,
      ) => html`<tr ?data-ready=${note.state === "queued"}><td>${note.ident}</td><td class="mono">${note.filter}</td>
        <td class="mono">${note.flags}</td><td class="mono">${note.fflags}</td><td>${note.data}</td>
        <td>${note.state === "queued" ? "✓ queued" : note.state}</td></tr>`,
    )}</tbody></table></div>`;
}

/** What it has cost so far. */
function cost({ scans, wait, returned }: WaitModel): TemplateResult {
  const sum = (key: "walked" | "scanned") => scans.reduce((total, scan) => total + scan[key], 0);
  const copied = returned && wait.returned ? wait.returned.toKernel + wait.returned.toUser : null;
  return html`<p class="wait-cost quiet">Looked ${count(scans.length, "time")}: went through <b>${sum("walked")}</b>, asked
    <b>${count(sum("scanned"), "descriptor")}</b>, found <b>${scans.at(-1)?.ready ?? 0}</b> ready.
    ${copied === null ? nothing : html`Copied <b>${count(copied, "octet")}</b>.`}
    ${scans.map((scan) => html`<a href="#e=${scan.seq}">${scan.seq}</a> `)}</p>`;
}

const COLUMNS: readonly (readonly [keyof WaitTotal, string, string])[] = [
  ["calls", "calls", "how often it was called"],
  ["walked", "walked", "entries, bits or list elements gone through"],
  ["scanned", "scanned", "descriptors asked how they are"],
  ["ready", "ready", "how many of those had something to tell"],
  ["woken", "woken", "how often something woke it"],
  ["copied", "octets copied", "to the kernel and back"],
  ["switches", "context switches", "how often its task slept"],
];

function comparison(totals: readonly WaitTotal[]): TemplateResult {
  return html`<section class="wait-totals"><h3>All waits of this run</h3>
    <div class="wait-scroll" tabindex="0"><table class="totals" data-wait-totals><thead><tr><th scope="col">by</th>
      ${COLUMNS.map(([, name, title]) => html`<th scope="col" title=${title}>${name}</th>`)}</tr></thead>
    <tbody>${totals.map(
      (total) => html`<tr data-mechanism=${total.mechanism}><th scope="row" class="mono">${total.mechanism}</th>
        ${COLUMNS.map(([key]) => html`<td data-cost=${key}>${total[key].toLocaleString("en")}</td>`)}</tr>`,
    )}</tbody></table></div></section>`;
}
