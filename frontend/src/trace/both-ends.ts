import type { HostState, RunState, SocketState } from "./state.ts";

/** One end of a connection: a socket on its host. */
export interface End {
  readonly host: string;
  readonly socket: SocketState;
}

/** A connection, or what may become one, with as many ends as hosts of the run know of. */
export interface Connection {
  /** Stays what it is while the run goes on. */
  readonly key: string;
  readonly ends: readonly End[];
}

/** Stream sockets, those that talk to each other together, in the order in which they were made. */
export function connections(state: RunState): Connection[] {
  const ends = [...state.hosts.values()].flatMap(streamEnds);
  const byNames = new Map(ends.filter(hasBoth).map((end) => [`${end.socket.local} ${end.socket.remote}`, end]));
  const taken = new Set<SocketState>();
  return ends.flatMap((end) => {
    if (taken.has(end.socket)) return [];
    const { local, remote } = end.socket;
    const peer = hasBoth(end) ? byNames.get(`${remote} ${local}`) : undefined;
    const pair = peer && peer.socket !== end.socket ? [end, peer] : [end];
    for (const { socket } of pair) taken.add(socket);
    // who opened comes first, and gives the key: the other may not be known yet
    const ordered = end.socket.parent > 0 ? pair.toReversed() : pair;
    return [{ key: ordered.map(keyOf)[0] ?? "", ends: ordered }];
  });
}

export function keyOf({ host, socket }: End): string {
  return `${host} ${socket.number}`;
}

/** The children of a listener, in the order in which they were made. */
export function childrenOf(host: HostState, listener: SocketState): SocketState[] {
  return [...host.sockets.values()].filter(({ parent }) => parent === listener.number);
}

function streamEnds(host: HostState): End[] {
  return [...host.sockets.values()]
    .filter(({ protocol }) => protocol === "tcp")
    .map((socket) => ({ host: host.name, socket }));
}

/** The latest of those that had the same names, for a name may be used again. */
function hasBoth({ socket }: End): boolean {
  return socket.local !== null && socket.remote !== null;
}
