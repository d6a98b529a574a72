import { html, nothing, type TemplateResult } from "lit";
import { guard } from "lit/directives/guard.js";
import { ref } from "lit/directives/ref.js";
import { properties } from "../base/dom.ts";
import { clamp } from "../base/search.ts";
import { type Octets, packetsOfCall, packetsOfOctets } from "../trace/call-packets.ts";
import { type Band, diagramView, hostNames } from "../views/diagram.ts";
import type { AxisMode } from "../views/diagram-axis.ts";
import { type BarActions, diagramBar } from "../views/diagram-bar.ts";
import { inOrder, LANES_FIT, LANES_WIDE } from "../views/diagram-columns.ts";
import type { Excerpt } from "../views/diagram-folds.ts";
import { cursorY, type Diagram, type DiagramView, layout } from "../views/diagram-layout.ts";
import { links, linksOfCall, linksOfCalls } from "../views/diagram-links.ts";
import { minimapView } from "../views/minimap.ts";
import { diagramMarks } from "../views/questions.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";
import { saveDiagram } from "./diagram-export.ts";
import { elsewhere, handsOnPacket } from "./hands-on-packet.ts";
import type { Recording } from "./recording.ts";
import { type Sight, scrollBy, sightOf } from "./scroll.ts";

/** So many rows are drawn all at once, seen or not. */
const ALL = 60;
const BAND_STEP = 120;
/** What may stand above the picture, px. */
const NOTICE = 64;
const NO_SIGHT: Sight = { top: 0, height: 0, covered: 0 };
const WHOLE: Band = { top: Number.NEGATIVE_INFINITY, bottom: Number.POSITIVE_INFINITY };

/** Where something is asked, its marks have a margin of their own at the right, px. */
const MARKS = 26;
const roomOf = ({ width, questions }: TabBench): number => width - (questions.marks.size > 0 ? MARKS : 0);

const STEP = 1.25;
const LEAST = 0.4;
const MOST = 8;

/** The space-time diagram. */
export class DiagramTab implements Tab, BarActions {
  readonly id = "diagram";
  readonly name = "Diagram";
  readonly title = "Every segment as an arrow, time running down";
  #bench: TabBench | null = null;
  #axis: AxisMode = "compressed";
  #zoom = 1;
  /** null: as there is room for. */
  #lanes: boolean | null = null;
  /** The first items of folds that are open. */
  #open: ReadonlySet<number> = new Set();
  /** The packet that is pointed at. */
  #pointed: number | null = null;
  #drawn: { readonly key: string; readonly diagram: Diagram } | null = null;
  #band: Band = { top: 0, bottom: 0 };
  /** Where the cursor was when it was last looked for. */
  #lookedFor = "";
  #scroller: Element | null = null;
  #saving = false;

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const { recording } = bench;
    const width = roomOf(bench);
    const { cursor, index, lastSeq } = recording;
    const excerpt = recording.excerpt(this.#open);
    const diagram = this.#layout(bench, excerpt);
    const addresses = addressesOf(bench);
    return html`<div class="diagram-top" ${ref((top) => this.#follow(top))}>
        ${diagramBar(
          {
            axis: this.#axis,
            zoom: this.#zoom,
            lanes: width < LANES_FIT ? null : this.#laned(width),
            unfolded: this.#open.size > 0,
            minimap: minimapView({
              counts: recording.kinds,
              lastSeq,
              cursor,
              from: diagram.rows[0]?.seq ?? 0,
              to: diagram.rows.at(-1)?.lastSeq ?? lastSeq,
              seek: (seq) => bench.seek(seq),
            }),
          },
          this,
        )}
        ${guard([headOf(diagram), index.hosts.length], () => hostNames(diagram, addresses))}</div>
      ${diagram.rows.length === 0 ? nothingYet() : nothing}
      <div class="diagram-body" @pointerover=${this.#point} @pointerleave=${this.#point} @focusin=${this.#point}
          @wheel=${{ handleEvent: this.#wheel, passive: false }} @keydown=${this.#key}>
        ${diagramView({
          diagram,
          cursor,
          index,
          traffic: recording.traffic,
          addresses,
          say: (seq) => recording.say(seq),
          badges: this.#badges(diagram, bench),
          band: this.#bandOf(diagram, cursor, bench.pace.runs),
          unfold: (item) => this.#change(() => (this.#open = new Set([...this.#open, item]))),
        })}${packetMenu(bench, diagram)}${diagramMarks(marksIn(bench, diagram))}</div>`;
  }

  get look(): string {
    return `${this.#axis} ${this.#zoom} ${this.#lanes}`;
  }

  setAxis(axis: AxisMode): void {
    this.#change(() => (this.#axis = axis));
  }

  zoomBy(steps: number): void {
    this.#change(() => (this.#zoom = clamp(this.#zoom * STEP ** steps, LEAST, MOST)));
  }

  setLanes(on: boolean): void {
    this.#change(() => (this.#lanes = on));
  }

  foldAgain(): void {
    this.#change(() => (this.#open = new Set()));
  }

  save(as: "svg" | "png"): void {
    const bench = this.#bench;
    if (!bench) return;
    this.#saving = true;
    bench.changed();
    // two frames on, all of it is drawn, and not only what is seen
    requestAnimationFrame(() =>
      requestAnimationFrame(async () => {
        await saveDiagram(`${bench.boot.lab.id}-event-${bench.recording.cursor}`, as);
        this.#saving = false;
        bench.changed();
      }),
    );
  }

  /** Of what is pointed at, here or beside, or else of what is at the cursor: a packet, a call, or octets. */
  #badges(diagram: Diagram, { recording, pointed }: TabBench): ReadonlyMap<string, string> {
    const { cursor, index, streams, timeline } = recording;
    const find = (seq: number) => timeline.event(seq);
    if (this.#pointed === null && pointed?.octets) return linksOfOctets(pointed.octets, recording);
    const packet = this.#pointed ?? (pointed?.call ? null : packetAt(diagram, cursor));
    const event = packet === null ? find(cursor) : undefined;
    const call = packet === null && pointed?.call ? pointed.call : event && "call" in event ? event.call : 0;
    if (call === 0) return links(packet, index, find);
    return linksOfCall(call, packetsOfCall(call, index, streams, find), index);
  }

  #laned(width: number): boolean {
    return this.#lanes ?? width >= LANES_WIDE;
  }

  /** A layout is kept while what it shows stays the same, so that a step moves no more than the cursor. */
  #layout(bench: TabBench, excerpt: Excerpt): Diagram {
    const { recording, boot } = bench;
    const width = roomOf(bench);
    const { index, items, lastSeq } = recording;
    const lanes = this.#laned(width);
    const folds = excerpt.folds.map(({ from, to }) => `${from}-${to}`).join();
    const key = [lastSeq, width, lanes, this.#axis, this.#zoom, excerpt.from, excerpt.to, folds].join(" ");
    if (this.#drawn?.key !== key) {
      const hosts = inOrder(
        boot.hosts.map(({ name }) => name),
        index.links,
      );
      const view: DiagramView = { width, hosts, axis: this.#axis, zoom: this.#zoom, lanes };
      this.#drawn = { key, diagram: layout(items, index, excerpt, view) };
    }
    return this.#drawn.diagram;
  }

  /**
   * All of a short run; of a long one what is near the cursor, where it has moved, or near what is scrolled to. It moves in
   * steps, so that what is drawn mostly stays; while the cursor runs nothing does, and it is what is seen.
   */
  #bandOf(diagram: Diagram, cursor: number, runs: boolean): Band {
    if (diagram.rows.length <= ALL || this.#saving) return WHOLE;
    const where = `${cursor} ${this.#drawn?.key}`;
    const sight = this.#scroller ? sightOf(this.#scroller) : NO_SIGHT;
    const moved = where !== this.#lookedFor ? scrollBy((cursorY(diagram, cursor) ?? 0) + sight.covered, sight) : 0;
    this.#lookedFor = where;
    const seen = sight.top + moved;
    if (runs) {
      this.#band = { top: seen - NOTICE, bottom: seen + sight.height - sight.covered };
      return this.#band;
    }
    const top = Math.floor((seen - sight.covered) / BAND_STEP - 1) * BAND_STEP;
    const bottom = top + (Math.ceil(sight.height / BAND_STEP) + 3) * BAND_STEP;
    if (top !== this.#band.top || bottom !== this.#band.bottom) this.#band = { top, bottom };
    return this.#band;
  }

  /** Draws what comes into view. */
  #follow(top: Element | undefined): void {
    if (top && !top.parentElement) {
      // made, and not in the page yet: what scrolls is known when it is, and only then what is seen
      queueMicrotask(() => {
        if (!top.isConnected) return;
        this.#follow(top);
        this.#bench?.frame();
      });
      return;
    }
    const scroller = top?.parentElement ?? null;
    if (scroller === this.#scroller) return;
    this.#scroller?.removeEventListener("scroll", this.#scrolled);
    this.#scroller = scroller;
    this.#scroller?.addEventListener("scroll", this.#scrolled, { passive: true });
  }

  readonly #scrolled = (): void => {
    if (!this.#scroller) return;
    const { top, height, covered } = sightOf(this.#scroller);
    if (top < this.#band.top || top - covered + height > this.#band.bottom) this.#bench?.frame();
  };

  readonly #point = (event: Event): void => {
    const packet = (event.target as Element).closest?.<SVGElement>("[data-packet]")?.dataset["packet"];
    const pointed = packet === undefined || event.type === "pointerleave" ? null : Number(packet);
    if (pointed !== this.#pointed) this.#change(() => (this.#pointed = pointed));
  };

  readonly #wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.zoomBy(event.deltaY < 0 ? 1 : -1);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const steps = event.key === "+" || event.key === "=" ? 1 : event.key === "-" ? -1 : 0;
    if (steps === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.zoomBy(steps);
  };

  #change(change: () => unknown): void {
    change();
    this.#bench?.changed();
  }
}

function linksOfOctets(octets: Octets, { index, streams }: Recording): ReadonlyMap<string, string> {
  const { host, socket, from, end } = octets;
  const calls = streams.writersOf({ host, socket, from: from - 1, length: end - from });
  return linksOfCalls(calls, packetsOfOctets(octets, index), index);
}

function nothingYet(): TemplateResult {
  return html`<div class="empty-view"><h3>Nothing has happened yet</h3>
    <p>Make a call at a host's prompt, <code>socket(AF_INET, SOCK_STREAM, 0)</code>, or let time go on by <b>Step</b> and <b>Run</b>.
      Calls stand outside of their host's line, states and packets between the lines. Time runs down.</p></div>`;
}

/** Tells one head of columns from another: most layouts have the same. */
function headOf({ columns, width }: Diagram): string {
  return [width, ...columns.map(({ host, x, lanes }) => `${host} ${x} ${lanes !== null}`)].join();
}

/** The packet whose beginning or end is at the cursor. */
function packetAt({ arrows }: Diagram, cursor: number): number | null {
  return arrows.find(({ seq, endSeq }) => seq === cursor || endSeq === cursor)?.packet ?? null;
}

/** The questions about what is drawn, each beside the last item up to its event, or the first. */
function marksIn({ questions }: TabBench, diagram: Diagram): Parameters<typeof diagramMarks>[0] {
  return [...questions.marks].flatMap(([seq, mark]) => {
    const y = cursorY(diagram, seq) ?? (diagram.hidden.above === 0 ? diagram.rows[0]?.y : undefined);
    return y === undefined ? [] : [{ seq, y, mark }];
  });
}

/** Beside the arrow that has been clicked: what can be done to its packet. */
function packetMenu(bench: TabBench, { arrows, width }: Diagram): TemplateResult | typeof nothing {
  const { cursor, timeline } = bench.recording;
  const arrow = arrows.find(({ seq }) => seq === cursor);
  const buttons = arrow ? handsOnPacket(bench, timeline.event(cursor) ?? null) : null;
  if (!arrow || !buttons) return nothing;
  const at = {
    "--x": `${Math.min((arrow.from.x + arrow.to.x) / 2, width)}px`,
    "--y": `${Math.max(arrow.from.y, arrow.to.y)}px`,
  };
  return html`<div class="packet-menu" role="group" aria-label="Lay hands on this packet" ${properties(at)}>
    ${buttons}<span class="quiet">${elsewhere(bench)}</span></div>`;
}

function addressesOf({ boot, recording }: TabBench): ReadonlyMap<string, string> {
  return new Map([
    ...boot.hosts.map(({ name, address }) => [name, address] as const),
    ...recording.index.hosts.map(({ name, addresses: [first = ""] }) => [name, first] as const),
  ]);
}
