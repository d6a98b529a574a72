import { html, nothing, type TemplateResult } from "lit";
import type { Descriptor, Descriptors, HostState } from "../trace/state.ts";
import { socketBadge } from "./diagram-text.ts";

/** A row of a process's descriptor table. */
export interface DescriptorRow {
  readonly process: number;
  readonly fd: number;
  readonly to: Descriptor;
  /** Other numbers of the same open file: by dup(2), or in a process that fork(2) has made. */
  readonly shared: readonly string[];
}

/** All descriptors of a host, process by process. */
export function descriptorRows(host: HostState): DescriptorRow[] {
  const tables: readonly (readonly [number, Descriptors])[] = [[1, host.fds], ...host.forks];
  const all = tables.flatMap(([process, fds]) => [...fds].map(([fd, to]) => ({ process, fd, to })));
  const byFile = new Map<number, (typeof all)[number][]>();
  for (const row of all) byFile.set(row.to.file, [...(byFile.get(row.to.file) ?? []), row]);
  return all
    .toSorted((a, b) => a.process - b.process || a.fd - b.fd)
    .map((row) => ({
      ...row,
      shared: (byFile.get(row.to.file) ?? [])
        .filter((other) => other.fd !== row.fd || other.process !== row.process)
        .map((other) => (other.process === row.process ? `fd ${other.fd}` : `fd ${other.fd} of ${other.process}`)),
    }));
}

const MOST_ROWS = 40;

/** What each descriptor refers to, with its flags. */
export function descriptorTable(host: HostState): TemplateResult | typeof nothing {
  const rows = descriptorRows(host);
  if (rows.length === 0) return nothing;
  const forked = host.forks.size > 0;
  return html`<details class="descriptors" open><summary>Descriptors <span class="quiet">${rows.length}</span></summary>
    <table><thead><tr>${forked ? html`<th scope="col">process</th>` : nothing}<th scope="col">fd</th><th scope="col">refers to</th>
      <th scope="col">flags</th></tr></thead>
    <tbody>${rows.slice(0, MOST_ROWS).map(
      ({
        process,
        fd,
        to,
        shared,
      }) => html`<tr data-fd=${fd}>${forked ? html`<td>${process}</td>` : nothing}<th scope="row">${fd}</th>
        <td>${target(to, host)}${shared.length > 0 ? html` <span class="quiet">shared with ${shared.join(", ")}</span>` : nothing}</td>
        <td class="mono">${flags(to)}</td></tr>`,
    )}</tbody></table>${rows.length > MOST_ROWS ? html`<p class="quiet">and ${rows.length - MOST_ROWS} more</p>` : nothing}</details>`;
}

function target({ socket, object, file }: Descriptor, host: HostState): TemplateResult {
  const there = host.sockets.get(socket);
  if (!there) return html`${object} <span class="quiet">file ${file}</span>`;
  return html`<span class="badge" title=${`socket ${socket}`}>${socketBadge(socket)}</span> ${there.protocol.toUpperCase()} ${there.state}`;
}

/** What goes without saying of a socket is left out. */
function flags({ flags, closeOnExec }: Descriptor): string {
  const names = flags.split("|").filter((name) => name !== "O_RDWR");
  return [...names, ...(closeOnExec ? ["FD_CLOEXEC"] : [])].join(" ") || "—";
}
