import { html, nothing, type TemplateResult } from "lit";
import type { RuleInfo } from "../api/rest.ts";
import { formatTime } from "../base/time.ts";
import type { PacketSent, TraceEvent } from "../trace/events.ts";
import type { FrameRow } from "../trace/frame-list.ts";
import { packetFields } from "./packet-fields.ts";
import { askButton, askedView, type QuestionsModel } from "./questions.ts";
import { sourceLinks } from "./source-links.ts";
import { wiresharkView } from "./wireshark.ts";

export interface WhyModel {
  /** The event at the cursor; null before the first. */
  readonly event: TraceEvent | null;
  /** What led to it, nearest first, without itself. */
  readonly causes: readonly TraceEvent[];
  /** What it led to. */
  readonly effects: readonly TraceEvent[];
  readonly rule: RuleInfo | null;
  /** Its frames, as the cards saw them; null if the event is about none. */
  readonly frames: readonly FrameRow[] | null;
  /** What was sent, if the event is about a packet. */
  readonly packet: PacketSent | null;
  /** By how much the window that it offers is shifted. */
  readonly windowShift: number;
  readonly say: (seq: number) => string;
  /** What can be done to the packet, where it is on its way; null if nothing. */
  readonly hands: TemplateResult | null;
  /** What is asked about the event, and the way to ask. */
  readonly questions: QuestionsModel;
  /** The key that asks; empty for none. */
  readonly askKey: string;
}

const LONGEST_CHAIN = 12;

/** The event at the cursor: what it is, which rule decided it, what led to it and what came of it. */
export function whyView(model: WhyModel): TemplateResult {
  const { event } = model;
  if (!event) {
    return html`<p class="empty">Click an arrow, a call or a state in the diagram to see why it happened.</p>`;
  }
  return html`
    <p class="why-head"><a href="#e=${event.seq}">Event ${event.seq}</a> <span class="quiet">${event.type}</span>
      <span class="number">${formatTime(event.at)}</span></p>
    <p class="why-sentence">${model.say(event.seq)}</p>
    ${askedView(model.questions)}
    ${model.hands ?? nothing}
    ${model.packet ? packetFields(model.packet, model.windowShift) : nothing}
    ${event.why ? html`<p class="why-reason"><span class="quiet">Because:</span> ${event.why}</p>` : nothing}
    ${event.rule ? ruleView(event.rule, model.rule) : nothing}
    ${wiresharkView(model.frames !== null, model.frames ?? [])}
    ${chain("What led to it", model.causes, model.say)}
    ${chain("What came of it", model.effects, model.say)}
    ${askButton(model.questions, model.askKey)}`;
}

function ruleView(id: string, rule: RuleInfo | null): TemplateResult {
  return html`<div class="why-rule"><p><code>${id}</code> <span class="quiet">${sourceLinks(rule?.source ?? "")}</span></p>
    ${rule ? html`<p>${rule.sentence}</p>` : nothing}
    ${rule?.misunderstanding ? html`<p class="quiet">${rule.misunderstanding}</p>` : nothing}
    ${rule?.otherwise ? html`<p class="why-otherwise"><b>Otherwise:</b> ${rule.otherwise}</p>` : nothing}</div>`;
}

function chain(title: string, events: readonly TraceEvent[], say: WhyModel["say"]): TemplateResult | typeof nothing {
  if (events.length === 0) return nothing;
  const more = events.length - LONGEST_CHAIN;
  return html`<h3>${title}</h3><ol class="chain">${events
    .slice(0, LONGEST_CHAIN)
    .map(
      (event) => html`<li><a href="#e=${event.seq}">${event.seq}</a> ${say(event.seq)}</li>`,
    )}</ol>${more > 0 ? html`<p class="quiet">and ${more} more</p>` : nothing}`;
}
