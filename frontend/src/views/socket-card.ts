import { html, nothing, type TemplateResult } from "lit";
import { properties } from "../base/dom.ts";
import { count } from "../base/octets.ts";
import { formatDuration, type Nanos, nanos } from "../base/time.ts";
import type { HostState, SocketState } from "../trace/state.ts";
import { timerText } from "../trace/wire-names.ts";
import { byteStrip, isEmpty, type Octets } from "./byte-strip.ts";
import { socketBadge } from "./diagram-text.ts";
import { hueOf } from "./linked.ts";
import { queueSlots } from "./queue-slots.ts";
import { receiveStrip, type Strip, type StripPart, sendStrip } from "./strip-layout.ts";
import { tcbTable } from "./tcb-table.ts";
import type { Sleeper } from "./wait-queue.ts";

export interface SocketModel {
  readonly host: HostState;
  readonly socket: SocketState;
  readonly fds: readonly string[];
  readonly sleepers: readonly Sleeper[];
  readonly now: Nanos;
  /** Whether it is the one that a call or the cursor is about. */
  readonly linked: boolean;
  /** What its program has written, and what its peer's has. */
  readonly written: Octets;
  readonly incoming: Octets;
  /** Datagrams that wait to be read, the oldest first. */
  readonly datagrams: readonly Datagram[];
  /** One of many: buffers are drawn only where something is in one of them. */
  readonly compact: boolean;
  /** Octets of its own stream, or of what its peer sends, are pointed at; null for none any more. */
  readonly point: (stream: "sent" | "incoming", part: StripPart | null) => void;
}

export interface Datagram {
  readonly seq: number;
  readonly from: string;
  readonly length: number;
  readonly octets: Octets;
}

/** One socket: its names, its state, what waits in it and for it. */
export function socketCard(model: SocketModel): TemplateResult {
  const { socket, fds, now } = model;
  const name = fds.length > 0 ? `fd ${fds.join(", ")}` : socket.parent > 0 ? "not accepted" : "no fd";
  const listens = socket.state === "LISTEN";
  const [send, receive] = listens ? [null, null] : [sendStrip(socket), receiveStrip(socket)];
  return html`<article class="socket-card" data-socket=${socket.number} data-hue=${hueOf(socket.number)} ?data-linked=${model.linked}>
    <header><span class="socket-name"><b>${name}</b> <span class="badge" title=${`socket ${socket.number}`}>${socketBadge(socket.number)}</span>
        <span class="quiet">${socket.protocol.toUpperCase()}</span></span>
      ${
        socket.state === ""
          ? nothing
          : html`<span class="state-pill" data-socket-state data-state=${socket.state}>${socket.state}</span>`
      }</header>
    ${addresses(socket)}
    ${socket.error ? html`<p class="bad">${socket.error} waits for the next call</p>` : nothing}
    ${sleepersLine(model)}
    ${socket.queues && listens ? queueSlots(socket.queues) : nothing}
    ${model.compact && send && receive && isEmpty(send) && isEmpty(receive) ? html`<p class="buffer-name"><span>Both buffers</span><span>empty</span></p>` : buffers(model, send, receive)}
    ${datagrams(model)}
    ${[...socket.timers].map(([timer, { since, deadline }]) => timerBar(timer, since, deadline, now))}
    ${tcbTable(socket, now)}
  </article>`;
}

function buffers({ written, incoming, point }: SocketModel, send: Strip | null, receive: Strip | null): TemplateResult {
  return html`${send ? byteStrip("Send buffer", send, written, (part) => point("sent", part)) : nothing}
${receive ? byteStrip("Receive buffer", receive, incoming, (part) => point("incoming", part)) : nothing}`;
}

/** Who is in its wait queue, and for what. */
function sleepersLine({ sleepers, now }: SocketModel): TemplateResult[] {
  return sleepers.map(({ name, call, reason, since }) =>
    call === ""
      ? html`<p class="watcher" data-watcher><span aria-hidden="true">◎</span> ${name} watches it: ${reason}</p>`
      : html`<p class="sleeper" data-sleeper><span aria-hidden="true">☾</span> ${name} sleeps here, in <span class="mono">${call}</span>, for
        ${reason}${since === null ? nothing : html` <span class="quiet">(${formatDuration(nanos(now - since))})</span>`}</p>`,
  );
}

function addresses({ local, remote }: SocketState): TemplateResult | typeof nothing {
  if (!local && !remote) return nothing;
  return html`<p class="addresses mono">${local ?? "—"}${remote ? html`<span class="to" aria-label="to">→</span>${remote}` : nothing}</p>`;
}

function datagrams({ datagrams }: SocketModel): TemplateResult | typeof nothing {
  if (datagrams.length === 0) return nothing;
  return html`<div class="datagrams"><p class="buffer-name"><span>Datagrams</span><span>${datagrams.length}</span></p>
    ${datagrams.map(({ seq, from, length, octets }) => {
      const parts = [{ kind: "readable", label: "to read", from: 1, octets: length, share: 1 } as const];
      return html`<div class="datagram">${byteStrip(`from ${from}`, { parts, limit: count(length, "octet") }, octets)}
        <a href="#e=${seq}" title="Where it arrived">${seq}</a></div>`;
    })}</div>`;
}

/** How much of its time is left. */
function timerBar(timer: string, since: Nanos, deadline: Nanos, now: Nanos): TemplateResult {
  const left = Math.max(deadline - now, 0);
  const whole = Math.max(deadline - since, 1);
  return html`<div class="timer" data-timer=${timer}><span>${timerText(timer)}</span>
    <b>${formatDuration(nanos(left))} <span class="quiet">of ${formatDuration(nanos(whole))}</span></b>
    <span class="timer-bar" ${properties({ "--share": String(Math.min(left / whole, 1)) })}></span></div>`;
}
