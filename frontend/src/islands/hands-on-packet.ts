import { html, type TemplateResult } from "lit";
import type { TraceEvent } from "../trace/events.ts";
import { awayAt } from "../trace/packets-away.ts";
import { faultButtons, USUAL_MEASURES } from "../views/fault-buttons.ts";
import type { TabBench } from "./bench-tabs.ts";

type Surroundings = Pick<TabBench, "boot" | "typing" | "recording" | "disturb">;

/** What can be done to the packet that an event is about, if it is on its way after it and the lab allows anything. */
export function handsOnPacket(bench: Surroundings, event: TraceEvent | null): TemplateResult | null {
  const allowed = bench.boot.faults ?? [];
  if (!event || !("packet" in event) || allowed.length === 0 || !bench.typing) return null;
  const story = bench.recording.index.packet(event.packet);
  if (!story || !awayAt(story, event.seq)) return null;
  return html`<span class="hands-packet">Packet ${event.packet}</span>
    ${faultButtons(event.packet, allowed, USUAL_MEASURES, (line) => bench.disturb(line))}`;
}

/** Where what is done now is done: said where it is not this run. */
export function elsewhere({ recording }: Surroundings): string {
  return recording.cursor >= recording.lastSeq ? "" : "in a fork, for it has gone on since";
}
