import type { Nanos } from "../base/time.ts";
import type {
  CallEntered,
  CallReturned,
  LinkChanged,
  PacketDropped,
  QueueEntryChanged,
  ReceiveBufferChanged,
  TaskStarted,
  TcbChanged,
  TraceEvent,
} from "./events.ts";
import { put, without } from "./maps.ts";
import { fdsOfTask, reduceDescriptors, reduceReadiness } from "./reduce-descriptors.ts";
import { onNicEvent } from "./reduce-nic.ts";
import {
  type HostState,
  type ListenQueues,
  newHost,
  newNic,
  newSocket,
  type ReceiveBuffer,
  type RunState,
  type SocketState,
  type TaskState,
} from "./state.ts";

/** The state after `event`, from the one before it. Pure: a replay gives the same state. */
export function reduce(before: RunState, event: TraceEvent): RunState {
  return { ...apply(before, event), seq: event.seq, now: event.at };
}

function apply(state: RunState, event: TraceEvent): RunState {
  switch (event.type) {
    case "HostStarted":
      return onHost(state, event.host, (host) => ({
        ...host,
        address: event.address,
        profile: event.profile,
        mtu: event.mtu,
        nics: put(host.nics, "eth0", { ...newNic(), rxSize: event.rxRing, txSize: event.txRing }),
      }));
    case "LinkStarted": {
      const { link: name, a, b, delay, rate, queue } = event;
      return { ...state, links: [...state.links, { name, a, b, delay, rate, queue }] };
    }
    case "CallEntered":
      return onTask(state, event, (task) => ({ ...task, call: entered(event) }));
    case "CallBlocked":
      return onTask(state, event, (task) =>
        task.call
          ? {
              ...task,
              call: { ...task.call, waiting: { reason: event.reason, events: event.events, since: event.at } },
            }
          : task,
      );
    case "TaskWoken":
      return onTask(state, event, (task) => (task.call ? { ...task, call: { ...task.call, waiting: null } } : task));
    case "CallReturned":
      return reported(
        onTask(state, event, (task) => returned(task, event)),
        event,
      );
    case "FunctionEntered":
      return state;
    case "FunctionReturned":
      return onTask(state, event, (task) => ({
        ...task,
        lastReturn: { text: event.text, errno: null, seq: event.seq },
      }));
    case "TaskStarted":
      return onHost(state, event.host, (host) => started(host, event));
    case "TaskExited":
      return onHost(state, event.host, (host) => ({ ...host, tasks: without(host.tasks, event.task) }));
    case "ProcessExited":
      return onHost(state, event.host, (host) => ({ ...host, tasks: othersOf(host, event.process) }));
    case "ProgramOutput":
    case "ProgramFaulted":
    case "SignalGenerated":
    case "SignalDelivered":
    case "RunQueueEntered":
    case "RunQueueLeft":
    case "CpuAcquired":
    case "CpuReleased":
      return state;
    case "FdOpened":
    case "FdFlagsSet":
    case "FdClosed":
      return onHost(state, event.host, (host) => reduceDescriptors(host, event));
    case "ReadinessScanned":
    case "InterestChanged":
    case "ReadyListChanged":
    case "KnoteChanged":
      return onHost(state, event.host, (host) => reduceReadiness(host, event));
    case "SocketCreated":
      return onHost(state, event.host, (host) => ({
        ...host,
        sockets: put(host.sockets, event.socket, newSocket(event.socket, event.protocol, event.parent)),
      }));
    case "SocketBound":
      return onSocket(state, event, (socket) => ({ ...socket, local: event.local }));
    case "SocketConnected":
      return onSocket(state, event, (socket) => ({ ...socket, local: event.local, remote: event.remote }));
    case "OptionSet":
      return onSocket(state, event, (socket) => ({
        ...socket,
        options: put(socket.options, event.option, { value: event.value, effective: event.effective }),
      }));
    case "SocketError":
      return onSocket(state, event, (socket) => ({ ...socket, error: event.errno }));
    case "SocketDestroyed":
      return onSocket(state, event, (socket) => ({ ...socket, gone: true, timers: new Map() }));
    case "SendBufferChanged": {
      const { unacknowledged, unsent, size, memory = 0 } = event;
      return onSocket(state, event, (socket) => ({ ...socket, sendBuffer: { unacknowledged, unsent, size, memory } }));
    }
    case "ReceiveBufferChanged":
      return onSocket(state, event, (socket) => ({ ...socket, receiveBuffer: received(socket.receiveBuffer, event) }));
    case "StateChanged": {
      const move = { from: event.from, to: event.to, seq: event.seq };
      return onSocket(state, event, (socket) => ({ ...socket, state: event.to, path: [...socket.path, move] }));
    }
    case "TcbChanged":
      return onSocket(state, event, (socket) => ({
        ...socket,
        tcb: { ...socket.tcb, ...event.changed },
        tcbChange: { at: event.at, before: before(socket, event.at, event.changed) },
      }));
    case "ListenQueuesChanged": {
      const { synQueue, acceptQueue, backlog } = event;
      return onSocket(state, event, (socket) => ({
        ...socket,
        queues: { ...(socket.queues ?? NO_QUEUES), synQueue, acceptQueue, backlog },
      }));
    }
    case "QueueEntryChanged":
      return onSocket(state, event, (socket) => ({ ...socket, queues: queued(socket.queues ?? NO_QUEUES, event) }));
    case "SegmentSent":
    case "SegmentReceived":
    case "DatagramSent":
    case "DatagramReceived":
    case "IcmpSent":
    case "IcmpReceived":
    case "FragmentSent":
    case "QdiscQueued":
    case "PacketForwarded":
    case "PacketMarked":
      return state;
    case "TxQueued":
    case "WireEntered":
    case "RxQueued":
    case "InterruptRaised":
    case "NapiPolled":
      return onHost(state, event.host, (host) => onNicEvent(host, event));
    case "CommandRun":
    case "JobStarted":
    case "JobPrinted":
    case "JobEnded":
    case "PacketJoined":
    case "InterruptHeld":
      return state;
    case "PacketDropped":
      return dropped(state, event);
    case "FaultInjected":
    case "HostStalled":
      return state;
    case "HostBooted":
      return onHost(state, event.host, (host) => ({ ...host, down: false }));
    case "LinkChanged":
      return { ...state, links: state.links.map((link) => changed(link, event)) };
    case "HostCrashed":
      return onHost(state, event.host, crashed);
    case "TimerSet":
      return onSocket(state, event, (socket) => ({
        ...socket,
        timers: put(socket.timers, event.timer, { since: event.at, deadline: event.deadline }),
      }));
    case "TimerCancelled":
    case "TimerFired":
      return onSocket(state, event, (socket) => ({ ...socket, timers: without(socket.timers, event.timer) }));
    default:
      event satisfies never;
      return state; // of a later version of the format
  }
}

const NO_QUEUES: ListenQueues = { synQueue: 0, acceptQueue: 0, backlog: 0, syn: [], accept: [] };

/** A new program in place of the host's first has none of its tasks. */
function started(host: HostState, { task: number, process }: TaskStarted): HostState {
  const others = number === 1 ? othersOf(host, 1) : host.tasks;
  return { ...host, tasks: put(others, number, { number, process, call: null, lastReturn: null }) };
}

function othersOf(host: HostState, process: number): HostState["tasks"] {
  return new Map([...host.tasks].filter(([, task]) => task.process !== process));
}

function entered(event: CallEntered): TaskState["call"] {
  const { call: number, name, text, fd, seq } = event;
  return { number, name, text, fd, entered: seq, waiting: null, looked: [] };
}

function returned(task: TaskState, event: CallReturned): TaskState {
  return {
    ...task,
    call: task.call?.number === event.call ? null : task.call,
    lastReturn: { text: event.text, errno: event.errno ?? null, seq: event.seq },
  };
}

/** An error that waited on a socket is told once: by a call that fails with it, or by SO_ERROR. */
function reported(state: RunState, event: CallReturned): RunState {
  const socket = fdsOfTask(state.hosts.get(event.host), event.task)?.get(event.fd)?.socket;
  const asked = event.name === "getsockopt" && event.text.includes("SO_ERROR");
  if (socket === undefined || (event.errno === undefined && !asked)) return state;
  return onSocket(state, { host: event.host, socket }, (there) =>
    asked || there.error === event.errno ? { ...there, error: null } : there,
  );
}

/** Datagrams leave in the order in which they came. */
function received(before: ReceiveBuffer | null, event: ReceiveBufferChanged): ReceiveBuffer {
  const { readable, outOfOrder, datagrams, size, memory = 0, ahead = [] } = event;
  const came = [...(before?.queued ?? []), ...(datagrams > (before?.datagrams ?? 0) ? [event.cause] : [])];
  return { readable, outOfOrder, datagrams, size, memory, ahead, queued: came.slice(came.length - datagrams) };
}

/** What those variables were that have changed at this instant. */
function before(socket: SocketState, at: Nanos, changed: TcbChanged["changed"]): Record<string, number | undefined> {
  const earlier = socket.tcbChange?.at === at ? socket.tcbChange.before : {};
  const now = Object.keys(changed).map((name) => [name, socket.tcb[name]] as const);
  return { ...Object.fromEntries(now), ...earlier };
}

function queued(queues: ListenQueues, event: QueueEntryChanged): ListenQueues {
  const key = event.queue === "syn" ? "syn" : "accept";
  const others = queues[key].filter((entry) => entry.child !== event.child);
  const entries = event.entered ? [...others, { child: event.child, remote: event.remote }] : others;
  return { ...queues, [key]: entries };
}

/** Both directions of a link are shown as one: as the one that was changed last. */
function changed(link: RunState["links"][number], { link: name, delay, rate, queue }: LinkChanged) {
  return link.name === name ? { ...link, delay, rate, queue } : link;
}

/** All that is in memory goes with the power. */
function crashed(host: HostState): HostState {
  const fresh = newHost(host.name);
  const { address, profile, mtu, drops } = host;
  const nics = new Map(
    [...host.nics].map(([dev, nic]) => [dev, { ...newNic(), rxSize: nic.rxSize, txSize: nic.txSize }]),
  );
  const sockets = new Map([...host.sockets].map(([n, socket]) => [n, { ...socket, gone: true, timers: new Map() }]));
  return { ...fresh, address, profile, mtu, drops, nics, sockets, down: true };
}

function dropped(state: RunState, event: PacketDropped): RunState {
  return onHost(state, event.host, (host) => ({
    ...host,
    drops: put(host.drops, event.reason, (host.drops.get(event.reason) ?? 0) + 1),
  }));
}

/** What leaves a switch, or is lost on a link, is on no host. */
function onHost(state: RunState, name: string, change: (host: HostState) => HostState): RunState {
  if (name === "") return state;
  return { ...state, hosts: put(state.hosts, name, change(state.hosts.get(name) ?? newHost(name))) };
}

function onTask(
  state: RunState,
  event: { readonly host: string; readonly task: number },
  change: (task: TaskState) => TaskState,
): RunState {
  return onHost(state, event.host, (host) => {
    const task = host.tasks.get(event.task) ?? { number: event.task, process: 1, call: null, lastReturn: null };
    return { ...host, tasks: put(host.tasks, event.task, change(task)) };
  });
}

function onSocket(
  state: RunState,
  event: { readonly host: string; readonly socket: number },
  change: (socket: SocketState) => SocketState,
): RunState {
  const host = state.hosts.get(event.host);
  const socket = host?.sockets.get(event.socket);
  if (!host || !socket) return state; // a stray segment's reset belongs to no socket
  return onHost(state, event.host, (h) => ({ ...h, sockets: put(h.sockets, socket.number, change(socket)) }));
}
