import type { TemplateResult } from "lit";
import { type Connection, childrenOf, connections, type End, keyOf } from "../trace/both-ends.ts";
import type { TraceEvent } from "../trace/events.ts";
import type { RunState } from "../trace/state.ts";
import { causeChain } from "../trace/trace-index.ts";
import { fdsOf } from "../views/host-panel.ts";
import { type EndModel, type ListenerModel, type Step, statesView } from "../views/states.ts";
import { stateDiagram } from "../views/states-layout.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";
import type { Recording } from "./recording.ts";

/** What makes a connection change its state. */
const CAUSES: ReadonlySet<TraceEvent["type"]> = new Set([
  "CallEntered",
  "SegmentReceived",
  "IcmpReceived",
  "TimerFired",
  "ProcessExited",
]);

/** The TCP state machine of both ends of a connection. */
export class StatesTab implements Tab {
  readonly id = "states";
  readonly name = "States";
  readonly title = "The TCP state machine of both ends, with the path taken";
  /** The connection that was chosen; the one that the event at the cursor is about, otherwise. */
  #chosen: string | null = null;

  view(bench: TabBench): TemplateResult {
    const { recording } = bench;
    const { state } = recording;
    const all = connections(state);
    const chosen = all.find(({ key }) => key === this.#chosen) ?? atCursor(recording, all) ?? latest(all);
    return statesView({
      choices: all.map((connection) => ({ key: connection.key, name: nameOf(connection, state) })),
      chosen: chosen?.key ?? "",
      ends: chosen?.ends.map((end) => endModel(end, recording)) ?? [],
      listener: chosen ? listenerOf(chosen, all, state) : null,
      choose: (key) => {
        this.#chosen = key;
        bench.changed();
      },
    });
  }
}

/** The connection that the event at the cursor is about; what happens to a listener is about one of its children. */
function atCursor({ timeline, cursor }: Recording, all: readonly Connection[]): Connection | undefined {
  const event = timeline.event(cursor);
  if (!event || !("socket" in event)) return undefined;
  return all.find(({ ends }) =>
    ends.some(({ host, socket }) => host === event.host && socket.number === event.socket && socket.state !== "LISTEN"),
  );
}

/** The last that has two ends to show. */
function latest(all: readonly Connection[]): Connection | undefined {
  return all.findLast(({ ends }) => ends.length === 2) ?? all.at(-1);
}

function nameOf({ ends }: Connection, state: RunState): string {
  const [first, second] = ends;
  if (!first) return "";
  const { local, remote, state: now } = first.socket;
  if (second) return `${first.host} ${local} ↔ ${second.host} ${remote}`;
  const name = `${first.host} ${fdName(first, state)}`;
  return `${name}, ${now}${local ? `, ${local}` : ""}${remote ? ` → ${remote}` : ""}`;
}

function fdName({ host, socket }: End, state: RunState): string {
  const there = state.hosts.get(host);
  const fds = there ? fdsOf(there, socket) : [];
  return fds.length > 0 ? `fd ${fds.join(", ")}` : `socket ${socket.number}`;
}

function endModel(end: End, recording: Recording): EndModel {
  const { socket, host } = end;
  const diagram = stateDiagram(socket.state, socket.path);
  const figure = (n: number) => diagram.edges.find(({ steps }) => steps.includes(n))?.text ?? "";
  return {
    host,
    name: fdName(end, recording.state),
    addresses: [socket.local, socket.remote].filter((name) => name !== null).join(" → "),
    state: socket.state,
    diagram,
    steps: socket.path.map(({ from, to, seq }, i) => ({ from, to, figure: figure(i + 1), ...told(seq, recording) })),
  };
}

function told(seq: number, recording: Recording): Pick<Step, "seq" | "at" | "cause" | "current"> {
  const { timeline, cursor } = recording;
  const event = timeline.event(seq);
  const chain = event ? causeChain(event, (n) => timeline.event(n)).slice(1) : [];
  const cause = chain.find(({ type }) => CAUSES.has(type));
  return {
    seq,
    at: event?.at ?? recording.state.now,
    cause: cause ? { seq: cause.seq, text: recording.say(cause.seq) } : null,
    current: seq === cursor,
  };
}

/** The listener among its ends, or that one of them came from, with all its children. */
function listenerOf({ ends }: Connection, all: readonly Connection[], state: RunState): ListenerModel | null {
  for (const { host, socket } of ends) {
    const there = state.hosts.get(host);
    const listener = there?.sockets.get(socket.parent > 0 ? socket.parent : socket.number);
    if (!there || !listener || (listener === socket && socket.state !== "LISTEN")) continue;
    const keys = new Map(all.flatMap((one) => one.ends.map((end) => [keyOf(end), one.key] as const)));
    return {
      host,
      key: keyOf({ host, socket: listener }),
      name: fdName({ host, socket: listener }, state),
      children: childrenOf(there, listener).map((child) => ({
        key: keys.get(keyOf({ host, socket: child })) ?? "",
        name: child.remote ?? `socket ${child.number}`,
        state: child.state,
      })),
    };
  }
  return null;
}
