import { html, nothing, type TemplateResult } from "lit";
import { onDemand } from "../base/on-demand.ts";
import { formatDuration, type Nanos, nanos } from "../base/time.ts";
import type { SocketState } from "../trace/state.ts";

type Values = Readonly<Record<string, number | undefined>>;

/** A variable as it is shown; `was` is what it was before this instant, if that is something else. */
export interface TcbRow {
  readonly name: string;
  readonly value: string;
  readonly was: string | null;
  /** Likewise without the absolute sequence number. */
  readonly short: string;
  readonly shortWas: string;
}

export interface TcbGroup {
  readonly title: string;
  readonly rows: readonly TcbRow[];
}

const GROUPS: readonly (readonly [string, (name: string) => boolean])[] = [
  ["Send", (name) => name.startsWith("snd.") || name === "sendMss"],
  ["Receive", (name) => name.startsWith("rcv.") || name === "recvMss"],
  ["Congestion", (name) => /^(cwnd|ssthresh|inFlight|dupAcks|congestionState)$/.test(name)],
  ["Round trips", (name) => /^(srtt|rttvar|rto|backoff)$/.test(name)],
  ["Others", () => true],
];

/** A connection's variables, RFC 9293 §3.3.1, RFC 5681, RFC 6298, by what they are about. */
export function tcbGroups(socket: SocketState, now: Nanos): TcbGroup[] {
  const before = socket.tcbChange?.at === now ? socket.tcbChange.before : {};
  const then: Values = { ...socket.tcb, ...before };
  const names = Object.keys(socket.tcb);
  return GROUPS.map(([title, has], i) => ({
    title,
    rows: names
      .filter((name) => GROUPS.findIndex(([, belongs]) => belongs(name)) === i && has(name))
      .map((name) => {
        const changed = name in before && before[name] !== socket.tcb[name];
        const was = before[name] === undefined ? "—" : tcbValue(name, then);
        return {
          name: shownName(name),
          value: tcbValue(name, socket.tcb),
          was: changed ? was : null,
          short: tcbValue(name, socket.tcb, true),
          shortWas: tcbValue(name, then, true),
        };
      }),
  })).filter(({ rows }) => rows.length > 0);
}

/** What changed at this instant in plain sight, and all of them behind a click. */
export function tcbTable(socket: SocketState, now: Nanos): TemplateResult | typeof nothing {
  const groups = tcbGroups(socket, now);
  if (groups.length === 0) return nothing;
  const changed = groups.flatMap(({ rows }) => rows.filter(({ was }) => was !== null && was !== "—"));
  return html`${
    changed.length === 0
      ? nothing
      : html`<dl class="tcb-changes" aria-label="Changed now">${changed.map(
          ({ name, short, shortWas }) => html`<div><dt>${name}</dt><dd><s>${shortWas}</s> → <b>${short}</b></dd></div>`,
        )}</dl>`
  }
  <details class="tcb"><summary>Variables <span class="quiet">${Object.keys(socket.tcb).length}</span></summary>
    <table ${onDemand("open", () => variables(groups))}></table></details>`;
}

function variables(groups: readonly TcbGroup[]): TemplateResult[] {
  return groups.map(
    ({ title, rows }) =>
      html`<tbody><tr><th class="tcb-group" colspan="2" scope="rowgroup">${title}</th></tr>${rows.map(
        ({ name, value, was }) => html`<tr ?data-changed=${was !== null}><th scope="row">${name}</th>
          <td>${was === null || was === "—" ? nothing : html`<s>${was}</s> → `}${value}</td></tr>`,
      )}</tbody>`,
  );
}

/** SND.UNA is what the RFC calls it; `cwnd` and `rto` have no capitals there. */
function shownName(name: string): string {
  return /^(snd|rcv)\./.test(name) ? name.toUpperCase() : name;
}

const TIMES: ReadonlySet<string> = new Set(["rto", "srtt", "rttvar"]);
const UNLIMITED = 2 ** 31 - 1;
const CONGESTION_STATES = ["open", "disorder", "CWR", "recovery", "loss"];
/** Sequence numbers, and what they are counted from to be read: ours from ISS, the peer's from IRS. */
const COUNTED_FROM: Readonly<Record<string, string>> = {
  "snd.una": "snd.iss",
  "snd.nxt": "snd.iss",
  "snd.wl2": "snd.iss",
  "rcv.nxt": "rcv.irs",
  "snd.wl1": "rcv.irs",
};

/** Times with their unit; sequence numbers with what they are relative to the SYN, as in the diagram. */
export function tcbValue(name: string, tcb: Values, relative = false): string {
  const value = tcb[name] ?? 0;
  if (TIMES.has(name)) return formatDuration(nanos(value));
  if (name === "congestionState") return CONGESTION_STATES[value] ?? String(value);
  if (name === "ssthresh" && value >= UNLIMITED) return "∞";
  const start = tcb[COUNTED_FROM[name] ?? ""];
  if (start === undefined) return String(value);
  const counted = (value - start) >>> 0;
  return relative ? String(counted) : `${value} (${counted})`;
}
