import { html, nothing, type TemplateResult } from "lit";
import { type FaultMeasures, faultButtons } from "./fault-buttons.ts";

export interface AwayRow {
  readonly packet: number;
  /** The event that it was sent with. */
  readonly seq: number;
  /** It is what the event at the cursor is about. */
  readonly here: boolean;
  /** `PSH-ACK seq 1:1449 ack 1 win 64512` */
  readonly text: string;
  readonly route: string;
  /** `arrives at 0.020000 s` */
  readonly when: string;
}

export interface FaultsModel {
  /** The kinds of fault that the lab allows. */
  readonly allowed: readonly string[];
  /** Whether this page may put lines in. */
  readonly typing: boolean;
  /** Whether the cursor stands at the end of what has happened; else what is done is done in a fork. */
  readonly atEnd: boolean;
  readonly cursor: number;
  readonly away: readonly AwayRow[];
  readonly measures: FaultMeasures;
  /** `client`, or `router eth1`: whose cables there are. */
  readonly cards: readonly string[];
  readonly hosts: readonly { readonly name: string; readonly down: boolean }[];
  readonly calls: readonly string[];
  /** Why nothing can be done where the cursor stands; empty if it can. */
  readonly closed: string;
}

export interface FaultsActions {
  measure(change: Partial<FaultMeasures>): void;
  /** Does what a line says, here or in a fork. */
  put(line: string): void;
}

/** Everything that can be made to go wrong, as far as the lab allows. */
export function faultsView(model: FaultsModel, actions: FaultsActions): TemplateResult {
  if (model.allowed.length === 0) {
    return html`<div class="empty-view"><h3>Nothing can be made to go wrong here</h3>
      <p>In this lab packets fare as its links say. In <a href="/play">free play</a> they can be lost, delayed, doubled and
      changed by hand, cables cut, hosts stopped, and calls made to fail.</p></div>`;
  }
  return html`<div class="faults" data-still>
    ${model.closed ? html`<p class="notice">${model.closed}</p>` : nothing}
    ${
      model.atEnd
        ? nothing
        : html`<p class="notice">The cursor stands in the past, at event ${model.cursor}. What you do here is done in a fork from there; this run stays as it is.</p>`
    }
    ${packets(model, actions)}
    <div class="faults-columns">${cables(model, actions)}${hosts(model, actions)}${calls(model, actions)}</div>
  </div>`;
}

function packets(model: FaultsModel, actions: FaultsActions): TemplateResult | typeof nothing {
  const kinds = ["drop", "duplicate", "delay", "reorder", "corrupt"];
  if (!model.allowed.some((kind) => kinds.includes(kind))) return nothing;
  const { delay, behind, bit } = model.measures;
  // where the key of this tab leads: to the packet that the cursor is at, or the first
  const first = Math.max(
    model.away.findIndex(({ here }) => here),
    0,
  );
  const field = (name: string, key: keyof FaultMeasures, value: string, hint: string): TemplateResult =>
    html`<label>${name} <input class="mono" size="8" .value=${value} placeholder=${hint} data-measure=${key}
      @input=${(event: Event) => actions.measure({ [key]: (event.target as HTMLInputElement).value })}></label>`;
  return html`<section aria-labelledby="faults-packets"><h3 id="faults-packets">Packets on their way</h3>
    <p class="fault-measures">
      ${model.allowed.includes("delay") ? field("Delay by", "delay", delay, "50ms") : nothing}
      ${model.allowed.includes("reorder") ? field("Reorder behind", "behind", behind, "1") : nothing}
      ${model.allowed.includes("corrupt") ? field("Corrupt bit", "bit", bit, "the last") : nothing}</p>
    ${
      model.away.length === 0
        ? html`<p class="empty">No packet is on its way at the cursor. Step until one is, or go back to where one was.</p>`
        : html`<table class="faults-away"><thead><tr><th scope="col">Packet</th><th scope="col">What</th><th scope="col">Way</th><th scope="col">When</th><th scope="col">Lay hands on it</th></tr></thead>
          <tbody>${model.away.map(
            (
              row,
              i,
            ) => html`<tr data-packet=${row.packet} id=${i === first ? "fault-here" : nothing} tabindex=${i === first ? -1 : nothing} ?data-here=${row.here}><td class="number"><a href="#e=${row.seq}">${row.packet}</a></td><td class="mono">${row.text}</td>
              <td>${row.route}</td><td class="faults-when">${row.when}</td>
              <td>${model.typing ? faultButtons(row.packet, model.allowed, model.measures, actions.put) : nothing}</td></tr>`,
          )}</tbody></table>`
    }</section>`;
}

/** What a form says, as the words of a line; what is left empty is left out. */
function submitted(event: SubmitEvent, line: (field: (name: string) => string) => string, put: (line: string) => void) {
  event.preventDefault();
  const form = new FormData(event.currentTarget as HTMLFormElement);
  const text = line((name) => String(form.get(name) ?? "").trim());
  put(text.replace(/\s+/g, " ").trim());
}

function choice(name: string, label: string, values: readonly string[]): TemplateResult {
  return html`<label>${label} <select name=${name}>${values.map((value) => html`<option>${value}</option>`)}</select></label>`;
}

function text(name: string, label: string, hint: string, required = false): TemplateResult {
  return html`<label>${label} <input class="mono" name=${name} size=${Math.max(hint.length, 7)} placeholder=${hint} ?required=${required}></label>`;
}

const SETTINGS = ["loss", "delay", "jitter", "rate", "queue"] as const;
const HINTS = { loss: "10%", delay: "50ms", jitter: "5ms", rate: "1mbit", queue: "20" };

function cables(model: FaultsModel, actions: FaultsActions): TemplateResult | typeof nothing {
  const { allowed, typing } = model;
  if (!allowed.includes("cut") && !allowed.includes("link")) return nothing;
  const settings = (get: (name: string) => string): string =>
    SETTINGS.map((name) => (get(name) ? `${name} ${get(name)}` : "")).join(" ");
  return html`<section aria-labelledby="faults-cables"><h3 id="faults-cables">Cables</h3>
    ${
      allowed.includes("cut")
        ? html`<ul class="fault-list">${model.cards.map(
            (card) => html`<li><span class="mono">${card}</span>
              <button type="button" class="button button-small" data-line=${`cut ${card}`} ?disabled=${!typing} @click=${() => actions.put(`cut ${card}`)}>Cut</button>
              <button type="button" class="button button-small button-quiet" ?disabled=${!typing} @click=${() => actions.put(`mend ${card}`)}>Mend</button></li>`,
          )}</ul>`
        : nothing
    }
    ${
      allowed.includes("link")
        ? html`<form class="fault-form" data-form="link" @submit=${(event: SubmitEvent) =>
            submitted(
              event,
              (get) => `link ${get("card")} ${get("way") === "both ways" ? "" : get("way")} ${settings(get)}`,
              actions.put,
            )}>
          ${choice("card", "Cable of", model.cards)}${choice("way", "Way", ["both ways", "out", "in"])}
          ${SETTINGS.map((name) => text(name, name, HINTS[name]))}
          <button class="button button-small" ?disabled=${!typing}>Change</button></form>`
        : nothing
    }</section>`;
}

function hosts(model: FaultsModel, actions: FaultsActions): TemplateResult | typeof nothing {
  const { allowed, typing } = model;
  if (!allowed.includes("crash") && !allowed.includes("stall")) return nothing;
  const button = (line: string, name: string, title: string, shown: boolean): TemplateResult | typeof nothing =>
    shown
      ? html`<button type="button" class="button button-small" data-line=${line} title=${title} ?disabled=${!typing}
          @click=${() => actions.put(line)}>${name}</button>`
      : nothing;
  return html`<section aria-labelledby="faults-hosts"><h3 id="faults-hosts">Hosts</h3>
    <ul class="fault-list">${model.hosts.map(
      ({ name, down }) => html`<li><span class="mono">${name}</span>
        ${button(`crash ${name}`, "Crash", "It loses its power; nobody is told", allowed.includes("crash") && !down)}
        ${button(`boot ${name}`, "Boot", "It is up again, and knows nothing", allowed.includes("crash") && down)}
        ${button(`stall ${name} 2s`, "Stall 2 s", "Its programs stand still, its kernel goes on", allowed.includes("stall") && !down)}
        ${down ? html`<span class="fault-down">down</span>` : nothing}</li>`,
    )}</ul></section>`;
}

const CALL_FAULTS = [
  { kind: "fail", name: "fails with", hint: "EINTR" },
  { kind: "partial", name: "moves at most", hint: "3" },
  { kind: "slow", name: "begins late by", hint: "10ms" },
] as const;

function calls(model: FaultsModel, actions: FaultsActions): TemplateResult | typeof nothing {
  const { allowed, typing } = model;
  const kinds = CALL_FAULTS.filter(({ kind }) => allowed.includes(kind));
  if (kinds.length === 0) return nothing;
  const line = (get: (name: string) => string): string => {
    const kind = kinds.find(({ name }) => name === get("what"))?.kind ?? "fail";
    const after = get("after") ? `after ${get("after")}` : "";
    const every = get("every") ? `every ${get("every")}` : "";
    return `${kind} ${get("host")} ${get("call")} ${get("value")} ${after} ${every}`;
  };
  return html`<section aria-labelledby="faults-calls"><h3 id="faults-calls">Calls</h3>
    <form class="fault-form" data-form="calls" @submit=${(event: SubmitEvent) => submitted(event, line, actions.put)}>
      ${choice(
        "host",
        "Of",
        model.hosts.map(({ name }) => name),
      )}
      <label>call <input class="mono" name="call" size="9" list="fault-calls" placeholder="recv" required></label>
      <datalist id="fault-calls">${model.calls.map((name) => html`<option value=${name}></option>`)}</datalist>
      ${choice(
        "what",
        "how",
        kinds.map(({ name }) => name),
      )}${text("value", "with", kinds.map(({ hint }) => hint).join(", "), true)}
      ${text("after", "after", "0")}${text("every", "every", "once")}
      <button class="button button-small" ?disabled=${!typing}>Arrange</button></form>
    ${
      allowed.includes("fail")
        ? html`<p>${model.hosts.map(
            ({ name }) => html`<button type="button" class="button button-small button-quiet" ?disabled=${!typing}
              @click=${() => actions.put(`recover ${name}`)}>No more faults for ${name}</button>`,
          )}</p>`
        : nothing
    }</section>`;
}
