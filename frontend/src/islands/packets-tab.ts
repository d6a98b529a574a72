import type { TemplateResult } from "lit";
import { RunFrames } from "../api/run-frames.ts";
import { clamp, lowerBound } from "../base/search.ts";
import { shownRows } from "../base/windowed.ts";
import type { FrameRow } from "../trace/frame-list.ts";
import { completionAt, type Filter, readFilter } from "../views/display-filter.ts";
import { dissect } from "../views/dissection.ts";
import type { Field } from "../views/field-reader.ts";
import type { FieldTreeModel } from "../views/field-tree.ts";
import { around } from "../views/field-tree-layout.ts";
import { type FilterField, fieldNamed } from "../views/filter-fields.ts";
import { type Download, type NumberedRow, type PacketsActions, packetsView, ROW } from "../views/packets.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** Below this a row has no room for addresses, px. */
const NARROW = 620;
const COMPLETIONS = 8;

/** The packets as Wireshark lists them. */
export class PacketsTab implements Tab, PacketsActions {
  readonly id = "packets";
  readonly name = "Packets";
  readonly title = "Every packet down to its bits, as Wireshark shows them";
  readonly #open = new Set(["ip", "tcp", "udp", "icmp", "tcp/tcp.flags"]);
  #bench: TabBench | null = null;
  #octets: RunFrames | null = null;
  #card = "";
  #filterText = "";
  #filter: Filter = readFilter("");
  #typing = false;
  #chosen = "";
  #top = 0;
  #height = 400;
  #rows: {
    readonly of: readonly FrameRow[];
    readonly upTo: number;
    readonly filter: Filter;
    readonly list: NumberedRow[];
  } = { of: [], upTo: 0, filter: this.#filter, list: [] };

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const { recording, width } = bench;
    const { frames } = recording;
    const rows = this.#filtered(frames.of(this.#card));
    const current = this.#current(rows);
    const { problem = "" } = this.#octets ?? {};
    return packetsView(
      {
        cards: frames.cards,
        card: this.#card,
        rows,
        total: frames.of(this.#card).length,
        shown: shownRows(rows.length, this.#top, this.#height, ROW),
        current,
        cursor: recording.cursor,
        filter: this.#filterText,
        error: this.#filter.error,
        completions: this.#typing ? completionAt(this.#filterText).fields.slice(0, COMPLETIONS) : [],
        narrow: width < NARROW,
        tree: this.#tree(rows[current]),
        problem,
        downloads: this.#downloads(bench),
      },
      this,
    );
  }

  setCard(card: string): void {
    this.#card = card;
    this.#bench?.changed();
  }

  setFilter(text: string): void {
    this.#filterText = text;
    this.#filter = readFilter(text);
    this.#typing = text !== "" && document.activeElement?.matches(".packets-filter input") === true;
    this.#bench?.changed();
  }

  complete(field: FilterField): void {
    const { from } = completionAt(this.#filterText);
    this.setFilter(`${this.#filterText.slice(0, from)}${field.name}${field.type === "protocol" ? "" : " == "}`);
    this.#typing = false;
    document.querySelector<HTMLElement>(".packets-filter input")?.focus();
  }

  scrolled(top: number, height: number): void {
    this.#top = top;
    this.#height = height;
    this.#bench?.changed();
  }

  step(by: number): void {
    const rows = this.#filtered(this.#bench?.recording.frames.of(this.#card) ?? []);
    const next = rows[clamp(this.#current(rows) + by, 0, rows.length - 1)];
    if (next) this.#bench?.seek(next.row.seq);
  }

  choose(path: string): void {
    this.#chosen = path;
    for (const outer of around(path)) this.#open.add(outer);
    this.#bench?.changed();
  }

  toggle(path: string, open: boolean): void {
    if (open) this.#open.add(path);
    else this.#open.delete(path);
    this.#bench?.changed();
  }

  filterBy(field: Field): (() => void) | null {
    const known = fieldNamed(field.id);
    if (!known) return null;
    if (known.type === "protocol") return () => this.setFilter(known.name);
    if (known.type === "bool") return () => this.setFilter(`${known.name} == ${field.value === "set" ? 1 : 0}`);
    const word = field.value.split(" ")[0] ?? "";
    return () =>
      this.setFilter(
        `${known.name === "tcp.seq" || known.name === "tcp.ack" ? `${known.name}_raw` : known.name} == ${word}`,
      );
  }

  /** Filtered anew only where the filter or what it is applied to has changed; the rest is added to. */
  #filtered(of: readonly FrameRow[]): readonly NumberedRow[] {
    const { test } = this.#filter;
    const fresh = of !== this.#rows.of || this.#filter !== this.#rows.filter;
    const list = fresh ? [] : this.#rows.list;
    for (let i = fresh ? 0 : this.#rows.upTo; i < of.length; i += 1) {
      const row = of[i];
      if (row && test?.({ row, number: i + 1 })) list.push({ row, number: i + 1 });
    }
    this.#rows = { of, upTo: of.length, filter: this.#filter, list };
    return list;
  }

  /** The last row at or before the cursor. */
  #current(rows: readonly NumberedRow[]): number {
    const cursor = this.#bench?.recording.cursor ?? 0;
    return lowerBound(rows, cursor + 1, ({ row }) => row.seq) - 1;
  }

  #tree(current: NumberedRow | undefined): FieldTreeModel | null {
    const bench = this.#bench;
    if (!current || !bench) return null;
    this.#octets ??= new RunFrames(bench.boot.run, () => this.#bench?.changed());
    const octets = this.#octets.of(current.row.seq);
    return octets && { octets, fields: dissect(octets), open: this.#open, chosen: this.#chosen };
  }

  #downloads({ boot, recording }: TabBench): readonly Download[] {
    const of = `/api/v1/runs/${boot.run}`;
    const upTo = `upTo=${recording.cursor}`;
    const card = this.#card === "" ? "" : `&interface=${this.#card}`;
    const whose = this.#card === "" ? "all network cards" : this.#card;
    return [
      { href: `${of}/capture?${upTo}${card}`, name: "Capture (.pcapng)", title: `of ${whose}, for Wireshark` },
      { href: `${of}/trace?${upTo}`, name: "Trace (.jsonl)", title: "every event, a JSON object a line" },
      { href: `${of}/strace?${upTo}`, name: "Calls (.strace.txt)", title: "of each task, as strace prints them" },
    ];
  }
}
