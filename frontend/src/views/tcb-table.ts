import { html, nothing, type TemplateResult } from "lit";
import { formatDuration, type Nanos, nanos } from "../base/time.ts";
import type { SocketState } from "../trace/state.ts";

/** The connection's variables, RFC 9293 §3.3.1; the ones that the latest event has changed stand out. */
export function tcbTable(socket: SocketState, now: Nanos): TemplateResult | typeof nothing {
  const names = Object.keys(socket.tcb);
  if (names.length === 0) return nothing;
  const changed = new Set(socket.tcbChange?.at === now ? Object.keys(socket.tcbChange.before) : []);
  return html`<details class="tcb"><summary>Variables <span class="quiet">${names.length}</span></summary>
    <table><tbody>${names.map(
      (name) => html`<tr ?data-changed=${changed.has(name)}><th scope="row">${shownName(name)}</th>
        <td>${tcbValue(name, socket.tcb)}</td></tr>`,
    )}</tbody></table></details>`;
}

/** SND.UNA is what the RFC calls it; `cwnd` and `rto` have no capitals there. */
function shownName(name: string): string {
  return /^(snd|rcv)\./.test(name) ? name.toUpperCase() : name;
}

const TIMES: ReadonlySet<string> = new Set(["rto", "srtt", "rttvar"]);
const UNLIMITED = 2 ** 31 - 1;
/** Sequence numbers, and what they are counted from to be read: ours from ISS, the peer's from IRS. */
const COUNTED_FROM: Readonly<Record<string, string>> = {
  "snd.una": "snd.iss",
  "snd.nxt": "snd.iss",
  "rcv.nxt": "rcv.irs",
  "snd.wl1": "rcv.irs",
};

/** Times with their unit; sequence numbers with what they are relative to the SYN, as in the diagram. */
export function tcbValue(name: string, tcb: Readonly<Record<string, number>>): string {
  const value = tcb[name] ?? 0;
  if (TIMES.has(name)) return formatDuration(nanos(value));
  if (name === "ssthresh" && value >= UNLIMITED) return "∞";
  const start = tcb[COUNTED_FROM[name] ?? ""];
  return start === undefined ? String(value) : `${value} (${(value - start) >>> 0})`;
}
