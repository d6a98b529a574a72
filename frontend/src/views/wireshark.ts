import { html, nothing, type TemplateResult } from "lit";
import type { SegmentSent } from "../trace/events.ts";
import { type FrameRow, splitEndpoint } from "../trace/frame-list.ts";
import { type Analysis, analysis, packetLine } from "./packets-layout.ts";

/** What Wireshark's expert information says of a segment, and the filter that finds more of the kind. */
export interface ExpertInfo {
  readonly severity: "Chat" | "Note" | "Warning";
  readonly text: string;
  readonly filter: string;
}

type Expert = readonly [ExpertInfo["severity"], string];

/** As epan/dissectors/packet-tcp.c names them. */
const ANALYSES: Readonly<Record<Analysis, Expert>> = {
  retransmission: ["Note", "This frame is a (suspected) retransmission"],
  fast_retransmission: ["Note", "This frame is a (suspected) fast retransmission"],
  duplicate_ack: ["Note", "Duplicate ACK"],
  zero_window: ["Warning", "TCP Zero Window segment"],
  window_full: ["Warning", "TCP window specified by the receiver is now completely full"],
  window_update: ["Chat", "TCP window update"],
  keep_alive: ["Note", "TCP keep-alive segment"],
};

/** @param fillsWindow whether it goes up to the edge of the window that its card has last seen offered */
export function expertInfo(segment: SegmentSent, fillsWindow = false): readonly ExpertInfo[] {
  const { flags, src, dst } = segment;
  const found: ExpertInfo[] = analysis(segment, fillsWindow).map((word) => {
    const [severity, text] = ANALYSES[word];
    return { severity, text, filter: `tcp.analysis.${word}` };
  });
  const server = splitEndpoint(flags.includes(".") ? src : dst).port;
  if (flags.includes("S")) {
    const text = flags.includes(".")
      ? `Connection establish acknowledge (SYN+ACK): server port ${server}`
      : `Connection establish request (SYN): server port ${server}`;
    found.push({ severity: "Chat", text, filter: "tcp.flags.syn == 1" });
  }
  if (flags.includes("F"))
    found.push({ severity: "Chat", text: "Connection finish (FIN)", filter: "tcp.flags.fin == 1" });
  if (flags.includes("R"))
    found.push({ severity: "Warning", text: "Connection reset (RST)", filter: "tcp.flags.reset == 1" });
  return found;
}

/** What a capture would show of the event at the cursor. `rows` are the frames of its packet, as the cards saw them. */
export function wiresharkView(isPacket: boolean, rows: readonly FrameRow[]): TemplateResult {
  return html`<div class="why-wireshark"><h3>Wireshark would show</h3>${frame(isPacket, rows)}</div>`;
}

function frame(isPacket: boolean, rows: readonly FrameRow[]): TemplateResult {
  const [first] = rows;
  if (!isPacket) return html`<p class="quiet">Nothing: this happens within the host, and a capture sees frames.</p>`;
  if (!first) return html`<p class="quiet">Nothing: no card has sent this packet yet.</p>`;
  const { protocol, info } = packetLine(first);
  const infos =
    first.content?.type === "SegmentSent" && !first.fragment ? expertInfo(first.content, first.fillsWindow) : [];
  return html`<p class="mono"><b>${protocol}</b> ${info}</p>
    ${infos.length === 0 ? nothing : html`<ul>${infos.map(infoView)}</ul>`}
    <p class="quiet">${whereSeen(rows)}</p>`;
}

function infoView({ severity, text, filter }: ExpertInfo): TemplateResult {
  return html`<li data-severity=${severity}><b>${severity}</b> ${text} <code>${filter}</code></li>`;
}

/** A capture holds what its own card has seen: what is lost on the way is in one and not in the other. */
export function whereSeen(rows: readonly FrameRow[]): string {
  const cards = [...new Set(rows.map(({ card }) => card))];
  const arrived = rows.some(({ outgoing }) => !outgoing);
  return `In a capture on ${cards.join(", ")}${arrived ? "" : "; the other end has not seen it"}.`;
}
