import type { TemplateResult } from "lit";
import { fromBase64 } from "../base/octets.ts";
import type { Octets } from "../trace/call-packets.ts";
import type { HostState, SocketState } from "../trace/state.ts";
import { causeChain } from "../trace/trace-index.ts";
import type { Octets as ReadOctets } from "../views/byte-strip.ts";
import { hostPanel } from "../views/host-panel.ts";
import type { Datagram } from "../views/socket-card.ts";
import type { StripPart } from "../views/strip-layout.ts";
import type { Bench } from "./bench.ts";
import type { SocketName } from "./linked-socket.ts";
import type { Recording } from "./recording.ts";

/** What the hosts hold at the cursor; one of their sockets may be marked. */
export function hostState(
  name: string,
  recording: Recording,
  { linked, point }: Pick<Bench, "linked" | "point">,
): TemplateResult | null {
  const { state } = recording;
  const host = state.hosts.get(name);
  if (!host) return null;
  return hostPanel({
    host,
    now: state.now,
    linked: linked?.host === name ? linked.socket : 0,
    contents: (socket) => ({
      written: stream(recording, name, socket.number),
      incoming: incoming(recording, socket),
      point: (stream, part) =>
        point(part && { host: name, socket: socket.number, octets: octetsOf(recording, name, socket, stream, part) }),
      datagrams: (socket.receiveBuffer?.queued ?? []).flatMap((seq) => datagram(recording, seq) ?? []),
    }),
  });
}

/** Relative sequence numbers begin with 1, places in a stream with 0. */
function stream({ streams }: Recording, host: string, socket: number): ReadOctets {
  return (from, end) => streams.octets(host, socket, from - 1, end - 1);
}

/** What comes to a socket is what the socket at the other end was given. */
function incoming(recording: Recording, { local, remote }: SocketState): ReadOctets {
  return (from, end) => {
    const peer = peerOf(recording, local, remote);
    return peer && stream(recording, peer.host, peer.socket)(from, end);
  };
}

/** The octets of a part of a buffer, by who has sent them. */
function octetsOf(
  recording: Recording,
  host: string,
  { number, local, remote }: SocketState,
  stream: "sent" | "incoming",
  { from, octets, kind }: StripPart,
): Octets | null {
  const sender = stream === "sent" ? { host, socket: number } : peerOf(recording, local, remote);
  return sender && from !== null && kind !== "free" ? { ...sender, from, end: from + octets } : null;
}

function peerOf({ state }: Recording, local: string | null, remote: string | null): SocketName | null {
  for (const host of state.hosts.values()) {
    const peer = peerIn(host, local, remote);
    if (peer) return { host: host.name, socket: peer.number };
  }
  return null;
}

function peerIn(host: HostState, local: string | null, remote: string | null): SocketState | undefined {
  if (local === null || remote === null) return undefined;
  return [...host.sockets.values()].findLast((socket) => socket.local === remote && socket.remote === local);
}

/** The datagram whose arrival event `seq` is. */
function datagram({ timeline, index }: Recording, seq: number): Datagram | null {
  const event = timeline.event(seq);
  if (event?.type !== "DatagramReceived") return null;
  const sent = index.packet(event.packet)?.sent;
  if (sent?.type !== "DatagramSent") return null;
  const call = causeChain(sent, (n) => timeline.event(n)).find(({ type }) => type === "CallEntered");
  const data = call?.type === "CallEntered" ? call.data : undefined;
  const octets = data === undefined ? null : fromBase64(data);
  return {
    seq,
    from: sent.src,
    length: sent.length,
    octets: (from, end) => octets?.subarray(from - 1, end - 1) ?? null,
  };
}
