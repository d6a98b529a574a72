import { html, nothing, type TemplateResult } from "lit";
import type { ListenQueues } from "../trace/state.ts";
import { acceptSlots, type Slot, synSlots } from "./slot-layout.ts";

/** The queues of a listener as places, with who is in them. */
export function queueSlots(queues: ListenQueues): TemplateResult {
  const accept = acceptSlots(queues);
  return html`
    <div class="queue"><p class="buffer-name"><span>SYN queue</span><span>${queues.synQueue === 0 ? "empty" : queues.synQueue}</span></p>
      ${queues.synQueue === 0 ? nothing : html`<ol class="slots" aria-label="SYN queue">${slots(synSlots(queues))}</ol>`}</div>
    <div class="queue"><p class="buffer-name"><span>Accept queue</span>
        <span>${queues.acceptQueue} of ${queues.backlog} <span class="quiet" title="Linux holds one connection more than the backlog">+ 1</span></span></p>
      <ol class="slots" aria-label="Accept queue">${slots(accept.slots)}${accept.more > 0 ? html`<li class="quiet">and ${accept.more} more</li>` : nothing}</ol></div>`;
}

function slots(all: readonly Slot[]): TemplateResult[] {
  return all.map((slot) => {
    const free = slot.extra ? "the one place beyond the backlog" : "free";
    const name = slot.taken ? (slot.remote ?? "a connection") : free;
    return html`<li class="slot" ?data-taken=${slot.taken} ?data-extra=${slot.extra} title=${name}>${
      slot.taken
        ? html`<span class="mono">${slot.remote ?? "?"}</span>`
        : html`<span class="visually-hidden">${name}</span>`
    }</li>`;
  });
}
