import { html, nothing, type TemplateResult } from "lit";
import { formatDuration, nanos } from "../base/time.ts";
import type { HostState, RunState, SocketState, TaskState } from "../trace/state.ts";
import { eventMaskText } from "../trace/wire-names.ts";
import { socketCard } from "./socket-card.ts";

/** What a host has at the cursor: its tasks, its sockets and its NIC. */
export function hostPanel(host: HostState, state: RunState): TemplateResult {
  const there = [...host.sockets.values()].filter((socket) => !socket.gone);
  const gone = host.sockets.size - there.length;
  return html`<section class="host-panel" data-host=${host.name} aria-label=${`State of ${host.name}`}>
    <header class="host-head"><h3>${host.name}</h3><span class="mono">${host.address}</span>
      <span class="quiet">${host.profile.toLowerCase()}</span></header>
    ${[...host.tasks.values()].map((task) => taskLine(task, state))}
    ${
      there.length === 0
        ? html`<p class="empty">${gone > 0 ? "No sockets any more." : "No sockets yet."}</p>`
        : there.map((socket) => socketCard(socket, fdsOf(host, socket), state))
    }
    ${nics(host)}
  </section>`;
}

/** Several descriptors can refer to one socket, in several processes; a child in a queue has none yet. */
export function fdsOf(host: HostState, socket: SocketState): string[] {
  const numbers = (fds: HostState["fds"]) =>
    [...fds].filter(([, of]) => of.socket === socket.number).map(([fd]) => String(fd));
  const forked = [...host.forks].flatMap(([process, fds]) => numbers(fds).map((fd) => `${fd} of ${process}`));
  return [...numbers(host.fds), ...forked];
}

function taskLine(task: TaskState, { now }: RunState): TemplateResult | typeof nothing {
  const call = task.call;
  const name = task.number === 1 ? nothing : html`<span class="quiet">task ${task.number}</span>`;
  if (!call)
    return task.process === 1
      ? nothing
      : html`<p class="task-line">${name}<span class="quiet">in its program</span></p>`;
  return html`<p class="task-line">${name}<span class="mono">${call.text}</span>
    ${
      call.waiting
        ? html`<span class="waits">waits for ${call.waiting.reason}
          <span class="quiet">(${eventMaskText(call.waiting.events)}, ${formatDuration(nanos(now - call.waiting.since))} so far)</span></span>`
        : html`<span class="quiet">in the kernel</span>`
    }</p>`;
}

/** Only those with something in their rings; and what was lost on the host. */
function nics({ nics, drops }: HostState): TemplateResult | typeof nothing {
  const busy = [...nics].filter(([, nic]) => nic.rxUsed > 0 || nic.txUsed > 0);
  const lost = [...drops.values()].reduce((sum, n) => sum + n, 0);
  if (busy.length === 0 && lost === 0) return nothing;
  return html`<p class="nic">${busy.map(
    ([dev, nic]) => html`<abbr title="network interface card">${nics.size > 1 ? dev : "NIC"}</abbr>
    <span>RX ring ${nic.rxUsed}/${nic.rxSize || "…"}</span><span>TX ring ${nic.txUsed}/${nic.txSize || "…"}</span>`,
  )}${lost > 0 ? html`<span class="bad">${lost} dropped</span>` : nothing}</p>`;
}
