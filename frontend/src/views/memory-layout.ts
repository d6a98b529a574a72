import type { HostState, RunState, SocketState } from "../trace/state.ts";

/** What a buffer or ring takes of what it may take. */
export interface Use {
  readonly name: string;
  readonly used: number;
  readonly limit: number;
  readonly unit: "octets" | "descriptors";
  /** From 0 to 1; a limit may be passed by a packet. */
  readonly share: number;
  /** What of it is data, and what goes to headers and unused room. */
  readonly note: string;
}

export interface MemoryRow {
  readonly name: string;
  readonly detail: string;
  readonly uses: readonly Use[];
}

export interface HostMemory {
  readonly host: string;
  /** Octets that the buffers of all its sockets take. */
  readonly total: number;
  readonly sockets: readonly MemoryRow[];
  readonly rings: readonly MemoryRow[];
}

/** What the sockets and rings of each host take of memory. */
export function memory(state: RunState): readonly HostMemory[] {
  return [...state.hosts.values()].map(hostMemory);
}

function hostMemory(host: HostState): HostMemory {
  const there = [...host.sockets.values()].filter(({ gone }) => !gone);
  const sockets = there.map(socketRow).filter(({ uses }) => uses.length > 0);
  const total = there.reduce(
    (sum, { sendBuffer, receiveBuffer }) => sum + (sendBuffer?.memory ?? 0) + (receiveBuffer?.memory ?? 0),
    0,
  );
  const rings = [...host.nics].map(([name, nic]) => ({
    name,
    detail: "descriptors that card and driver share",
    uses: [
      use("TX ring", nic.txUsed, nic.txSize, "descriptors", "frames that the card has not sent"),
      use("RX ring", nic.rxUsed, nic.rxSize, "descriptors", "frames that the driver has not taken"),
    ].filter(({ limit }) => limit > 0),
  }));
  return { host: host.name, total, sockets, rings: rings.filter(({ uses }) => uses.length > 0) };
}

function socketRow({ number, protocol, state, local, remote, sendBuffer, receiveBuffer }: SocketState): MemoryRow {
  const uses: Use[] = [];
  if (receiveBuffer) {
    const { readable, outOfOrder, memory: used, size } = receiveBuffer;
    uses.push(use("receive (sk_rmem_alloc of SO_RCVBUF)", used, size, "octets", overhead(readable + outOfOrder, used)));
  }
  if (sendBuffer) {
    const { unacknowledged, unsent, memory: used, size } = sendBuffer;
    uses.push(use("send (sk_wmem_queued of SO_SNDBUF)", used, size, "octets", overhead(unacknowledged + unsent, used)));
  }
  const peer = remote ? `${local ?? ""} → ${remote}` : (local ?? "");
  return {
    name: `${protocol.toUpperCase()} socket ${number}`,
    detail: [state, peer].filter(Boolean).join(" · "),
    uses,
  };
}

/** A packet is charged with its buffer and the sk_buff before it, not with its text. */
function overhead(data: number, used: number): string {
  if (used === 0) return "nothing waits";
  const more = used - data;
  const times = data > 0 ? `, ${(used / data).toFixed(1)} times as much` : "";
  const counted = (octets: number): string => octets.toLocaleString("en");
  return more >= 0
    ? `${counted(data)} of data and ${counted(more)} for headers and unused room${times}`
    : `${counted(data)} of data`;
}

function use(name: string, used: number, limit: number, unit: Use["unit"], note: string): Use {
  return { name, used, limit, unit, share: limit > 0 ? Math.min(used / limit, 1) : 0, note };
}
