import { html, type TemplateResult } from "lit";

/** How much the faults are that have a measure. */
export interface FaultMeasures {
  /** `30ms` */
  readonly delay: string;
  /** How many are to overtake it. */
  readonly behind: string;
  /** Counted from the first of the IP header; empty for the last. */
  readonly bit: string;
}

export const USUAL_MEASURES: FaultMeasures = { delay: "50ms", behind: "1", bit: "" };

/** A fault that befalls a packet, as a line of input. */
export interface PacketFault {
  readonly kind: "drop" | "duplicate" | "delay" | "reorder" | "corrupt";
  readonly name: string;
  readonly title: string;
  line(packet: number, measures: FaultMeasures): string;
}

export const PACKET_FAULTS: readonly PacketFault[] = [
  { kind: "drop", name: "Drop", title: "It is lost", line: (packet) => `drop packet ${packet}` },
  { kind: "duplicate", name: "Duplicate", title: "It comes twice", line: (packet) => `duplicate packet ${packet}` },
  {
    kind: "delay",
    name: "Delay",
    title: "It comes later, and others overtake it",
    line: (packet, { delay }) => `delay packet ${packet} ${delay.trim()}`,
  },
  {
    kind: "reorder",
    name: "Reorder",
    title: "It comes behind others that were sent after it",
    line: (packet, { behind }) => `reorder packet ${packet} ${behind.trim()}`,
  },
  {
    kind: "corrupt",
    name: "Corrupt",
    title: "One of its bits is wrong",
    line: (packet, { bit }) => `corrupt packet ${packet} ${bit.trim()}`.trim(),
  },
];

/** A button for each fault that the lab allows. */
export function faultButtons(
  packet: number,
  allowed: readonly string[],
  measures: FaultMeasures,
  put: (line: string) => void,
): TemplateResult {
  return html`<span class="fault-buttons">${PACKET_FAULTS.filter(({ kind }) => allowed.includes(kind)).map(
    ({ kind, name, title, line }) => html`<button type="button" class="button button-small" data-fault=${kind}
      title=${title} aria-label=${`${name} packet ${packet}`} @click=${() => put(line(packet, measures))}>${name}</button>`,
  )}</span>`;
}
