import type { TemplateResult } from "lit";
import { fromBase64 } from "../base/octets.ts";
import type { HostState, SocketState } from "../trace/state.ts";
import { causeChain } from "../trace/trace-index.ts";
import type { Octets } from "../views/byte-strip.ts";
import { hostPanel } from "../views/host-panel.ts";
import type { Datagram } from "../views/socket-card.ts";
import type { SocketName } from "./linked-socket.ts";
import type { Recording } from "./recording.ts";

/** What the hosts hold at the cursor; one of their sockets may be marked. */
export function hostState(name: string, recording: Recording, linked: SocketName | null): TemplateResult | null {
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
      datagrams: (socket.receiveBuffer?.queued ?? []).flatMap((seq) => datagram(recording, seq) ?? []),
    }),
  });
}

/** Relative sequence numbers begin with 1, places in a stream with 0. */
function stream({ streams }: Recording, host: string, socket: number): Octets {
  return (from, end) => streams.octets(host, socket, from - 1, end - 1);
}

/** What comes to a socket is what the socket at the other end was given. */
function incoming(recording: Recording, { local, remote }: SocketState): Octets {
  return (from, end) => {
    for (const host of recording.state.hosts.values()) {
      const peer = peerIn(host, local, remote);
      if (peer) return stream(recording, host.name, peer.number)(from, end);
    }
    return null;
  };
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
