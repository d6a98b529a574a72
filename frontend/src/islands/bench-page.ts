import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import type { TraceEvent } from "../trace/events.ts";
import { causeChain, isPlumbing } from "../trace/trace-index.ts";
import { bannerView, connectionLight } from "../views/banner.ts";
import { checklistView, type Task, tasks } from "../views/checklist.ts";
import { consoleView } from "../views/console.ts";
import { consoleLog } from "../views/console-log.ts";
import { handInView } from "../views/hand-in.ts";
import { keysButton, keysDialog } from "../views/keys.ts";
import { momentView } from "../views/moment.ts";
import { predictionsView } from "../views/predictions.ts";
import { tabList } from "../views/tabs.ts";
import { tourCard, tourInvitation } from "../views/tour.ts";
import { transportView } from "../views/transport.ts";
import { usualCalls } from "../views/usual-calls.ts";
import { whyView } from "../views/why.ts";
import type { Bench } from "./bench.ts";
import type { Tab } from "./bench-tabs.ts";
import type { Console } from "./console.ts";
import { elsewhere, handsOnPacket } from "./hands-on-packet.ts";
import { hostState } from "./host-state.ts";

/** What is seen where there is room for one panel only. */
export type Pane = "lab" | "time" | "state" | "why";

const PANES: readonly (readonly [Pane, string])[] = [
  ["lab", "Lab"],
  ["time", "Time"],
  ["state", "State"],
  ["why", "Why?"],
];

/** All of the bench, from what is known now. */
export function benchPage(bench: Bench): TemplateResult {
  const { recording } = bench;
  const { invites } = bench.shownAround;
  const banner = {
    connection: bench.socket.connection.value,
    viewer: bench.hello?.role === "viewer",
    mine: bench.boot.mine !== false,
    readOnly: bench.hello?.readOnly ?? "",
  };
  const asked = bench.boot.predictions ?? [];
  const list = tasks(
    bench.boot.tests,
    bench.checks.filter(({ id }) => !asked.some((prediction) => prediction.id === id)),
  );
  const state = recording.state;
  const beside = bench.tabs.find((tab) => tab.beside);
  return html`
    <header class="bench-head">
      <p class="bench-title"><a href=${`/labs/${bench.boot.lab.id}`}>${bench.boot.lab.title}</a></p>
      ${connectionLight(banner)}
      ${list.length === 0 || bench.boot.mine === false ? nothing : handIn(bench, list.filter((task) => task.status === "PASS").length, list.length)}
    </header>
    ${bannerView(banner, bench.takeOver)}
    <nav class="bench-tabs" aria-label="Panels">${PANES.map(
      ([pane, name]) => html`<button type="button" aria-pressed=${bench.pane === pane ? "true" : "false"}
        @click=${() => bench.show({ pane })}>${pane === "lab" && beside ? beside.name : name}</button>`,
    )}</nav>
    ${invites && recording.items.length === 0 ? html`<div class="tour-bar">${tourInvitation(bench)}</div>` : nothing}
    <div class="bench-body" data-pane=${bench.pane}>
      ${beside ? codePanel(bench, beside, list) : html`<section class="panel panel-lab" data-panel="lab" aria-label="Lab" tabindex="0">${labText(bench, list)}</section>`}
      ${timePanel(bench)}
      <section class="panel panel-state" data-panel="state" aria-label="State" tabindex="0">
        <h2>State <span class="quiet">at the cursor</span></h2>
        ${guard([bench.pace.beat("state")], () => byHandFirst(bench).map(({ name }) => hostState(name, recording, bench) ?? nothing))}</section>
      <section class="panel panel-why" id="why" data-panel="why" aria-label="Why" tabindex="0"><h2>Why?</h2>${guard([bench.pace.beat("why")], () => why(bench))}</section>
      <div class="bench-hands">
        ${momentView(bench.moments.model, bench.moments)}
        ${transportView(
          {
            cursor: recording.cursor,
            lastSeq: recording.lastSeq,
            now: state.now,
            next: bench.next,
            live: bench.typing && bench.hello !== null,
            asking: bench.moments.asking,
            everyEvent: bench.everyEvent,
            until: bench.until,
            playing: bench.player.playing,
            landmark: bench.landmarks.chosen,
            landmarks: bench.landmarks.all,
            keyOf: (act) => bench.keys.keyOf(act),
          },
          bench,
        )}
        <p class="said" role="status">${bench.inputs.said}</p>
        <p class="said said-answer" role="status">${bench.questions.said}</p>
        <div class="console-tabs">${bench.consoles.map(
          ({ host }) => html`<button type="button" aria-pressed=${bench.consoleShown === host ? "true" : "false"}
            @click=${() => bench.show({ consoleShown: host })}>${host}</button>`,
        )}</div>
        <div class="consoles">${guard([bench.pace.beat("consoles")], () => bench.consoles.map((console) => consoleOf(bench, console)))}</div>
      </div>
    </div>
    ${keysDialog(bench.keys.model, bench.keys)}
    ${tourCard(bench.shownAround.stop, bench)}`;
}

/** What is asked beforehand, what is to be done, and what the lab says. */
function labText(bench: Bench, list: readonly Task[]): TemplateResult {
  const asked = bench.boot.predictions ?? [];
  return html`${bench.shownAround.invites ? tourInvitation(bench) : nothing}
    ${predictionsView(
      { asked, predictions: bench.predictions, results: bench.checks, typing: bench.typing },
      bench.predict,
    )}
    ${list.length === 0 ? nothing : html`<h2>Tasks</h2>${checklistView(list)}<hr>`}${bench.statement ?? nothing}
    <p class="panel-foot">${keysButton(bench.keys.keyOf("keys"), () => bench.focus("keys"))}
      <button type="button" class="button button-quiet button-small" @click=${() => bench.tour(0)}>Show me around</button></p>`;
}

/** A program in the lab's place; what the lab says is behind a click. */
function codePanel(bench: Bench, code: Tab, list: readonly Task[]): TemplateResult {
  return html`<section class="panel panel-lab panel-code" data-panel="lab" data-beside=${code.id} aria-label=${code.name}>
    <details class="beside-lab"><summary>What the lab says <span class="quiet">${doneOf(list)}</span></summary>
      <div>${labText(bench, list)}</div></details>
    ${code.view(bench)}</section>`;
}

function doneOf(list: readonly Task[]): string {
  return list.length === 0 ? "" : `${list.filter(({ status }) => status === "PASS").length} of ${list.length} tasks`;
}

/** The hosts, those that are driven by hand before the others: theirs is the state that is looked for. */
function byHandFirst({ boot: { hosts } }: Bench): Bench["boot"]["hosts"] {
  return [...hosts.filter(({ driven }) => driven !== false), ...hosts.filter(({ driven }) => driven === false)];
}

/** Where there is something to be graded. */
function handIn({ boot }: Bench, done: number, all: number): TemplateResult {
  const { made, graded } = boot.handIns ?? { made: 0, graded: 0 };
  const worth = boot.course?.worth ?? "";
  return handInView({ action: boot.submit, csrf: boot.csrf ?? null, done, all, made, graded, worth });
}

/** The run in time, seen in one of several ways. */
function timePanel(bench: Bench): TemplateResult {
  const tabs = bench.tabs.filter(({ beside }) => !beside);
  const shown = tabs.find(({ id }) => id === bench.tab) ?? tabs[0];
  const id = shown?.id ?? "";
  return html`<section class="panel panel-time" data-panel="time" aria-label="Time">
    ${tabList("Ways to see the run", tabs, id, (tab) => bench.show({ tab }))}
    <div class="time-scroll" id="tab-panel" role="tabpanel" aria-labelledby=${`tab-${id}`} data-tab-shown=${id}
      tabindex="0">${shown?.view(bench) ?? nothing}</div></section>`;
}

function why(bench: Bench): TemplateResult {
  const { timeline, index, cursor, frames } = bench.recording;
  const event = timeline.event(cursor) ?? null;
  const find = (seq: number): TraceEvent | undefined => timeline.event(seq);
  const story = event && "packet" in event ? index.packet(event.packet) : undefined;
  const shown = (other: TraceEvent): boolean => bench.everyEvent || !isPlumbing(other);
  return whyView({
    event,
    causes: event ? causeChain(event, find, CAUSES, shown).slice(1) : [],
    effects: event ? effects(event, (seq) => index.followers(seq), find, shown) : [],
    frames: event && "packet" in event ? frames.ofPacket(event.packet) : null,
    packet: story?.sent ?? null,
    windowShift: story?.windowShift ?? 0,
    rule: bench.rules.get(event?.rule ?? "") ?? null,
    say: (seq) => bench.recording.say(seq),
    hands: hands(bench, event),
    questions: bench.questions.about(cursor),
    askKey: bench.keys.keyOf("ask"),
  });
}

/** For a packet on its way, what can be done to it. */
function hands(bench: Bench, event: TraceEvent | null): TemplateResult | null {
  const buttons = handsOnPacket(bench, event);
  return (
    buttons &&
    html`<div class="why-hands"><p>It is on its way. Lay hands on it? <span class="quiet">${elsewhere(bench)}</span></p>${buttons}</div>`
  );
}

/** How many causes are told at most: in a long transfer each segment has the one before among its own. */
const CAUSES = 24;

/** What an event led to; through what is not shown, to what that led to. */
function effects(
  event: TraceEvent,
  followers: (seq: number) => readonly number[],
  find: (seq: number) => TraceEvent | undefined,
  shown: (event: TraceEvent) => boolean,
): TraceEvent[] {
  const direct = followers(event.seq).flatMap((seq) => find(seq) ?? []);
  return direct.flatMap((next) => (shown(next) ? [next] : effects(next, followers, find, shown)));
}

function consoleOf(bench: Bench, console: Console): TemplateResult {
  const { host } = console;
  const { recording } = bench;
  return html`<div class="console-slot" ?data-shown=${bench.consoleShown === host}>${consoleView(
    {
      host,
      entries: consoleLog(host, recording.index, bench.inputs.local, bench.calls()),
      cursor: recording.cursor,
      text: console.text,
      completion: console.completion,
      chosen: console.chosen,
      closed: bench.closedBecause,
      busy: waits(bench, host) && bench.typing,
      usual: usualCalls(host, bench.surroundings(host)),
    },
    console,
  )}</div>`;
}

/** Whether the first task of a host waits in a call. */
function waits({ recording }: Bench, host: string): boolean {
  return recording.timeline.latest.hosts.get(host)?.tasks.get(1)?.call?.waiting != null;
}
