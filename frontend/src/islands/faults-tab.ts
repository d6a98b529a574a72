import type { TemplateResult } from "lit";
import { formatTime, nanos } from "../base/time.ts";
import { type PacketAway, packetsAway } from "../trace/packets-away.ts";
import { packetLabel } from "../views/diagram-text.ts";
import { type FaultMeasures, USUAL_MEASURES } from "../views/fault-buttons.ts";
import { type AwayRow, type FaultsActions, faultsView } from "../views/faults.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** What can be made to go wrong: packets on their way, cables, hosts and calls. */
export class FaultsTab implements Tab, FaultsActions {
  readonly id = "faults";
  readonly name = "Faults";
  readonly title = "Drop, delay or change packets on their way; cut cables, crash hosts, let calls fail";
  #measures = USUAL_MEASURES;
  #bench: TabBench | null = null;

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const { recording, boot } = bench;
    const { hosts } = recording.state;
    return faultsView(
      {
        allowed: boot.faults ?? [],
        typing: bench.typing,
        atEnd: recording.cursor >= recording.lastSeq,
        cursor: recording.cursor,
        away: packetsAway(recording.index, recording.cursor).map((one) => this.#row(one, bench)),
        measures: this.#measures,
        cards: [...hosts.values()].flatMap(({ name, nics }) =>
          [...nics.keys()].map((dev) => (dev === "eth0" ? name : `${name} ${dev}`)),
        ),
        hosts: [...hosts.values()].map(({ name, down }) => ({ name, down })),
        calls: bench.calls().map(({ name }) => name),
        closed: bench.typing ? "" : "You look on: only whoever types can make something go wrong.",
      },
      this,
    );
  }

  measure(change: Partial<FaultMeasures>): void {
    this.#measures = { ...this.#measures, ...change };
    this.#bench?.changed();
  }

  put = (line: string): void => this.#bench?.disturb(line);

  #row({ story, arrives }: PacketAway, { recording }: TabBench): AwayRow {
    const { packet, sent } = story;
    const { name: flags, numbers } = packetLabel(story);
    const event = recording.timeline.event(recording.cursor);
    const name = (address: string): string => recording.index.hostOf(address) ?? address;
    return {
      packet,
      seq: sent?.seq ?? 0,
      here: event !== undefined && "packet" in event && event.packet === packet,
      text: `${flags} ${numbers}`,
      route: sent ? `${name(sent.src)} → ${name(sent.dst)}` : "",
      when: arrives === null ? "waits for the wire" : `arrives at ${formatTime(nanos(arrives))}`,
    };
  }
}
