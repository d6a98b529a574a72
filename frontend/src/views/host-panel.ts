import { html, nothing, type TemplateResult } from "lit";
import { formatDuration, type Nanos, nanos } from "../base/time.ts";
import type { HostState, SocketState, TaskState } from "../trace/state.ts";
import { eventMaskText } from "../trace/wire-names.ts";
import { descriptorTable } from "./descriptor-table.ts";
import { nicPanel } from "./nic-panel.ts";
import { type SocketModel, socketCard } from "./socket-card.ts";
import { sleepersOn } from "./wait-queue.ts";

/** What a host panel has to look up in the run: octets and datagrams. */
export type SocketContents = Pick<SocketModel, "written" | "incoming" | "datagrams" | "point">;

export interface HostModel {
  readonly host: HostState;
  readonly now: Nanos;
  /** The socket that is marked; 0 for none. */
  readonly linked: number;
  contents(socket: SocketState): SocketContents;
}

/** More sockets than this are not shown one by one. */
const MOST_SOCKETS = 24;

/** With more than so many, what is empty is said and not drawn. */
const MANY = 4;

/** What a host has at the cursor: its tasks, its descriptors, its sockets and its NICs. */
export function hostPanel({ host, now, linked, contents }: HostModel): TemplateResult {
  const there = [...host.sockets.values()].filter((socket) => !socket.gone);
  const shown = there.slice(-MOST_SOCKETS);
  const gone = host.sockets.size - there.length;
  return html`<section class="host-panel" data-host=${host.name} aria-label=${`State of ${host.name}`}>
    <header class="host-head"><h3>${host.name}</h3><span class="mono">${host.address}</span>
      <span class="quiet">${host.profile.toLowerCase()}</span></header>
    ${[...host.tasks.values()].filter(({ call }) => call !== null).map((task) => taskLine(task, host, now))}
    ${idleLine(host)}
    ${descriptorTable(host)}
    ${there.length === 0 ? html`<p class="empty">${gone > 0 ? "No sockets any more." : "No sockets yet."}</p>` : nothing}
    ${there.length > shown.length ? html`<p class="quiet">${there.length - shown.length} older sockets, and these:</p>` : nothing}
    ${shown.map((socket) =>
      socketCard({
        host,
        socket,
        now,
        linked: socket.number === linked,
        compact: shown.length > MANY,
        fds: fdsOf(host, socket),
        sleepers: sleepersOn(host, socket),
        ...contents(socket),
      }),
    )}
    ${nicPanel(host)}
  </section>`;
}

/** Several descriptors can refer to one socket, in several processes; a child in a queue has none yet. */
export function fdsOf(host: HostState, socket: SocketState): string[] {
  const numbers = (fds: HostState["fds"]) =>
    [...fds].filter(([, of]) => of.socket === socket.number).map(([fd]) => String(fd));
  const forked = [...host.forks].flatMap(([process, fds]) => numbers(fds).map((fd) => `${fd} of ${process}`));
  return [...numbers(host.fds), ...forked];
}

/** The tasks that are in no call, together; of a host with one task that goes without saying. */
function idleLine({ tasks }: HostState): TemplateResult | typeof nothing {
  const idle = [...tasks.values()].filter(({ call }) => call === null);
  if (tasks.size === 1 || idle.length === 0) return nothing;
  return html`<p class="task-line" data-idle=${idle.length}><span class="quiet">${idleNames(idle)}</span>
    <span class="quiet">in no call</span></p>`;
}

/** `tasks 1, 2, 3`. */
export function idleNames(idle: readonly Pick<TaskState, "number">[]): string {
  return `${idle.length === 1 ? "task" : "tasks"} ${idle.map(({ number }) => number).join(", ")}`;
}

/** A task and the call it is in. */
function taskLine(task: TaskState, host: HostState, now: Nanos): TemplateResult {
  const call = task.call;
  const alone = host.tasks.size === 1;
  return html`<p class="task-line" data-task=${task.number} ?data-waits=${call?.waiting != null}>${alone ? nothing : html`<span class="quiet">${taskName(task)}</span>`}
    ${call ? callOf(call, now) : nothing}</p>`;
}

function taskName({ number, process }: TaskState): string {
  return `task ${number}, ${number === process ? "a process" : `a thread of process ${process}`}`;
}

function callOf(call: NonNullable<TaskState["call"]>, now: Nanos): TemplateResult {
  const { text, waiting } = call;
  return html`<span class="mono">${text}</span>
    ${
      waiting
        ? html`<span class="waits">waits for ${waiting.reason}
          <span class="quiet">(${eventMaskText(waiting.events)}, ${formatDuration(nanos(now - waiting.since))} so far)</span></span>`
        : html`<span class="quiet">in the kernel</span>`
    }`;
}
