import { html, nothing, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import { formatDuration, nanos } from "../base/time.ts";
import type { ListenQueues, RunState, SocketState } from "../trace/state.ts";
import { timerText } from "../trace/wire-names.ts";
import { acceptSlots, type Part, receiveParts, type Slot, sendParts, synSlots } from "./buffer-layout.ts";
import { socketBadge } from "./diagram-text.ts";
import { tcbTable } from "./tcb-table.ts";

/** One socket: its names, its state, what waits in it. */
export function socketCard(socket: SocketState, fds: readonly string[], { now }: RunState): TemplateResult {
  const name = fds.length > 0 ? `fd ${fds.join(", ")}` : socket.parent > 0 ? "not accepted" : "no fd";
  return html`<article class="socket-card" data-socket=${socket.number}>
    <header><span class="socket-name"><b>${name}</b> <span class="badge" title=${`socket ${socket.number}`}>${socketBadge(socket.number)}</span>
        <span class="quiet">${socket.protocol.toUpperCase()}</span></span>
      ${
        socket.state === ""
          ? nothing
          : html`<span class="state-pill" data-socket-state data-state=${socket.state}>${socket.state}</span>`
      }</header>
    ${addresses(socket)}
    ${path(socket)}
    ${socket.error ? html`<p class="bad">${socket.error} waits for the next call</p>` : nothing}
    ${socket.queues && socket.state === "LISTEN" ? queues(socket.queues) : nothing}
    <div class="buffers">${socket.sendBuffer ? buffer("Send buffer", sendParts(socket.sendBuffer), socket.sendBuffer.size) : nothing}
    ${
      socket.receiveBuffer
        ? buffer("Receive buffer", receiveParts(socket.receiveBuffer), socket.receiveBuffer.size)
        : nothing
    }</div>
    ${[...socket.timers].map(
      ([timer, { deadline }]) => html`<p class="timer"><span>${timerText(timer)}</span>
        <b>${formatDuration(nanos(Math.max(deadline - now, 0)))}</b></p>`,
    )}
    ${tcbTable(socket, now)}
  </article>`;
}

/** The states that it has been in before, each with the event that ended it. */
function path({ path }: SocketState): TemplateResult | typeof nothing {
  if (path.length < 2) return nothing; // that it was CLOSED before goes without saying
  return html`<p class="path" aria-label="States before">${path.map(
    ({ from, seq }) => html`<a href="#e=${seq}">${from}</a> → `,
  )}</p>`;
}

function addresses({ local, remote }: SocketState): TemplateResult | typeof nothing {
  if (!local && !remote) return nothing;
  return html`<p class="addresses mono">${local ?? "—"}${remote ? html`<span class="to" aria-label="to">→</span>${remote}` : nothing}</p>`;
}

function buffer(name: string, parts: readonly Part[], size: number): TemplateResult {
  const said = parts.length === 0 ? "empty" : parts.map((part) => `${part.octets} ${part.label}`).join(", ");
  return html`<div class="buffer"><p class="buffer-name"><span>${name}</span><span>${said}</span></p>
    <div class="buffer-bar" role="img" aria-label=${`${name}: ${said}, of ${size} octets`}>${parts.map(
      (part) => html`<span data-part=${part.kind} ${properties({ "--share": String(part.share) })}></span>`,
    )}</div></div>`;
}

function queues(queues: ListenQueues): TemplateResult {
  const accept = acceptSlots(queues);
  return html`
    <div class="queue"><p class="buffer-name"><span>SYN queue</span><span>${queues.synQueue === 0 ? "empty" : queues.synQueue}</span></p>
      ${queues.synQueue === 0 ? nothing : html`<div class="slots">${slots(synSlots(queues))}</div>`}</div>
    <div class="queue"><p class="buffer-name"><span>Accept queue</span>
        <span>${queues.acceptQueue} of ${queues.backlog} <span class="quiet" title="Linux holds one connection more than the backlog">+ 1</span></span></p>
      <div class="slots">${slots(accept.slots)}${accept.more > 0 ? html`<span class="quiet">and ${accept.more} more</span>` : nothing}</div></div>`;
}

function slots(all: readonly Slot[]): TemplateResult[] {
  return all.map(
    (slot) => html`<span class="slot" ?data-taken=${slot.taken} ?data-extra=${slot.extra}
      title=${slot.taken ? (slot.remote ?? "a connection") : slot.extra ? "the one place beyond the backlog" : "free"}></span>`,
  );
}
