import type {
  FdClosed,
  FdFlagsSet,
  FdOpened,
  InterestChanged,
  KnoteChanged,
  ReadinessScanned,
  ReadyListChanged,
} from "./events.ts";
import { put, without } from "./maps.ts";
import type { Descriptors, EpollState, HostState, Interest, KqueueState } from "./state.ts";

type DescriptorEvent = FdOpened | FdFlagsSet | FdClosed;
type ReadinessEvent = ReadinessScanned | InterestChanged | ReadyListChanged | KnoteChanged;

/** A host after something has happened to its descriptors. */
export function reduceDescriptors(host: HostState, event: DescriptorEvent): HostState {
  switch (event.type) {
    case "FdOpened": {
      const { socket, file, object, flags, closeOnExec } = event;
      return onTable(host, event.task, (fds) => put(fds, event.fd, { socket, file, object, flags, closeOnExec }));
    }
    case "FdFlagsSet":
      return flagsSet(host, event);
    case "FdClosed":
      return onTable(host, event.task, (fds) => without(fds, event.fd));
  }
}

/** F_SETFL is of the open file, whatever numbers it has; F_SETFD of the number alone. */
function flagsSet(host: HostState, { task, fd, file, flags, closeOnExec }: FdFlagsSet): HostState {
  const change = (process: number, fds: Descriptors): Descriptors =>
    new Map(
      [...fds].map(([number, of]) => [
        number,
        of.file !== file
          ? of
          : { ...of, flags, closeOnExec: process === task && number === fd ? closeOnExec : of.closeOnExec },
      ]),
    );
  const forks = [...host.forks].map(([process, fds]) => [process, change(process, fds)] as const);
  return { ...host, fds: change(1, host.fds), forks: new Map(forks) };
}

function onTable(host: HostState, process: number, change: (fds: Descriptors) => Descriptors): HostState {
  if (process === 1) return { ...host, fds: change(host.fds) };
  const fds = change(host.forks.get(process) ?? new Map());
  return { ...host, forks: fds.size === 0 ? without(host.forks, process) : put(host.forks, process, fds) };
}

/** The descriptors of a task: those of its process. */
export function fdsOfTask(host: HostState | undefined, task: number): Descriptors | undefined {
  const process = host?.tasks.get(task)?.process ?? 1;
  return process === 1 ? host?.fds : host?.forks.get(process);
}

/** A host after its waits, and what they keep, have changed. */
export function reduceReadiness(host: HostState, event: ReadinessEvent): HostState {
  switch (event.type) {
    case "ReadinessScanned": {
      const task = host.tasks.get(event.task);
      if (!task?.call) return host;
      const call = { ...task.call, looked: event.looked ?? [] };
      return { ...host, tasks: put(host.tasks, event.task, { ...task, call }) };
    }
    case "InterestChanged":
      return onEpoll(host, event.epoll, (epoll) => ({ ...epoll, interests: interests(epoll.interests, event) }));
    case "ReadyListChanged":
      return onEpoll(host, event.epoll, (epoll) => ({ ...epoll, ready: event.ready ?? [], more: event.leftOut }));
    case "KnoteChanged":
      return { ...host, kqueues: put(host.kqueues, event.kqueue, knotes(host.kqueues.get(event.kqueue), event)) };
  }
}

function onEpoll(host: HostState, number: number, change: (epoll: EpollState) => EpollState): HostState {
  const before = host.epolls.get(number) ?? { interests: [], ready: [], more: 0 };
  return { ...host, epolls: put(host.epolls, number, change(before)) };
}

function interests(before: readonly Interest[], event: InterestChanged): readonly Interest[] {
  const { fd, file, events, data, change } = event;
  const others = before.filter((entry) => entry.fd !== fd || entry.file !== file);
  if (change === "removed") return others;
  const now = { fd, file, events, data, disarmed: change === "disarmed" };
  return others.length === before.length
    ? [...before, now]
    : before.map((entry) => (others.includes(entry) ? entry : now));
}

function knotes(before: KqueueState = new Map(), event: KnoteChanged): KqueueState {
  const { ident, filter, flags, fflags, data, state } = event;
  const key = `${ident} ${filter}`;
  return state === "gone" ? without(before, key) : put(before, key, { ident, filter, flags, fflags, data, state });
}
