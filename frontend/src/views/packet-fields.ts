import { html, type TemplateResult } from "lit";
import { ordinal } from "../base/ordinal.ts";
import type { PacketSent, SegmentSent } from "../trace/events.ts";
import { flagNames } from "../trace/wire-names.ts";

/** A packet's header, field by field. */
export function packetFields(packet: PacketSent, windowShift: number): TemplateResult {
  return html`<dl class="fields">${fields(packet, windowShift).map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** @param windowShift by how much the window that it offers is shifted */
export function fields(packet: PacketSent, windowShift = 0): readonly (readonly [string, string])[] {
  const way = ["from, to", `${packet.src} → ${packet.dst}`] as const;
  switch (packet.type) {
    case "SegmentSent":
      return [way, ...segmentFields(packet, windowShift)];
    case "DatagramSent":
      return [way, ["length", String(packet.length)]];
    case "IcmpSent":
      return [way, ["type, code", `${packet.icmpType}, ${packet.icmpCode}: ${packet.text}`]];
    default:
      return packet satisfies never;
  }
}

/** Numbers as they count from the SYN, and behind them as they are on the wire. */
function segmentFields(segment: SegmentSent, windowShift: number): readonly (readonly [string, string])[] {
  const found: [string, string][] = [
    ["flags", flagNames(segment.flags)],
    ["seq", `${segment.relSeq} (${segment.absSeq} on the wire)`],
  ];
  if (segment.relAck >= 0) found.push(["ack", `${segment.relAck} (${segment.absAck} on the wire)`]);
  const { window } = segment;
  const scaled =
    windowShift > 0 ? `${window * 2 ** windowShift} (${window} on the wire, × ${2 ** windowShift})` : String(window);
  found.push(["window", scaled], ["length", String(segment.length)]);
  if (segment.options) found.push(["options", segment.options]);
  if (segment.retransmission > 0) found.push(["sent again", `${ordinal(segment.retransmission)} time`]);
  return found;
}
