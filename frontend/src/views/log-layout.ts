import type { TraceEvent } from "../trace/events.ts";

/** What of the log is looked for; empty is everything. */
export interface LogQuery {
  readonly host: string;
  readonly kind: string;
  readonly text: string;
}

export const EVERYTHING: LogQuery = { host: "", kind: "", text: "" };

/** The kinds of events as a list has them, by what they are about; an event may be of several. */
export const KINDS: readonly { readonly id: string; readonly name: string; readonly pattern: RegExp }[] = [
  { id: "calls", name: "Calls and tasks", pattern: /^(Call|Function|Task|Process|Signal|Command|Fd|Cpu|RunQueue)/ },
  { id: "waits", name: "Waiting and readiness", pattern: /^(Readiness|Epoll|Kqueue|Knote|Wait|CallBlocked|TaskWoken)/ },
  { id: "sockets", name: "Sockets and states", pattern: /^(Socket|Option|State|Listen|QueueEntry)/ },
  { id: "buffers", name: "Buffers and variables", pattern: /^(SendBuffer|ReceiveBuffer|Tcb)/ },
  { id: "packets", name: "Segments, datagrams, ICMP", pattern: /^(Segment|Datagram|Icmp|Fragment)/ },
  { id: "link", name: "NIC and link", pattern: /^(Qdisc|Tx|Wire|Rx|Interrupt|Napi|Link|Packet)/ },
  { id: "drops", name: "Drops", pattern: /^PacketDropped/ },
  { id: "timers", name: "Timers", pattern: /^Timer/ },
];

/** Whether an event is looked for. `say` is asked only where there is a text to find. */
export function matches(
  event: TraceEvent,
  { host, kind: wanted, text }: LogQuery,
  say: (seq: number) => string,
): boolean {
  if (host !== "" && event.host !== host) return false;
  if (wanted !== "" && !KINDS.some(({ id, pattern }) => id === wanted && pattern.test(event.type))) return false;
  if (text === "") return true;
  const needle = text.toLowerCase();
  if (event.type.toLowerCase().includes(needle) || event.rule?.toLowerCase().includes(needle)) return true;
  return say(event.seq).toLowerCase().includes(needle);
}

/** An event as the trace has it, a member a line. */
export const asJson = (event: TraceEvent): string => JSON.stringify(event, null, 2);
