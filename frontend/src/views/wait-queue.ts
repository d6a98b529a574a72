import type { Nanos } from "../base/time.ts";
import { fdsOfTask } from "../trace/reduce-descriptors.ts";
import type { HostState, SocketState, TaskState } from "../trace/state.ts";
import { eventMaskText } from "../trace/wire-names.ts";

/** Who is in the wait queue of a socket. */
export interface Sleeper {
  readonly name: string;
  /** The call in which a task sleeps; empty for an epoll instance, which is told and does not sleep. */
  readonly call: string;
  /** What it waits for, or who waits behind it. */
  readonly reason: string;
  readonly since: Nanos | null;
}

/**
 * The tasks that sleep on a socket: in a call on its descriptor, in a select or poll that has looked at it, or behind an
 * epoll instance that watches it.
 */
export function sleepersOn(host: HostState, socket: SocketState): Sleeper[] {
  const tasks = [...host.tasks.values()].flatMap((task) => sleepOf(host, task, socket) ?? []);
  const epolls = [...host.epolls].flatMap(([number, { interests }]) => {
    const watched = interests.find(({ file }) => socketOf(host, file) === socket.number);
    return watched ? [epollSleeper(host, number)] : [];
  });
  return [...tasks, ...epolls];
}

function sleepOf(host: HostState, task: TaskState, socket: SocketState): Sleeper | null {
  const { call } = task;
  if (!call?.waiting) return null;
  const fds = fdsOfTask(host, task.number);
  const name = task.number === 1 ? host.name : `task ${task.number}`;
  const { reason, events, since } = call.waiting;
  if (fds?.get(call.fd)?.socket === socket.number) {
    return { name, call: call.name, reason: `${reason} (${eventMaskText(events)})`, since };
  }
  const looked = call.fd < 0 ? call.looked.find(({ fd }) => fds?.get(fd)?.socket === socket.number) : undefined;
  return looked ? { name, call: call.name, reason: eventMaskText(looked.asked), since } : null;
}

function epollSleeper(host: HostState, number: number): Sleeper {
  const inside = [...host.tasks.values()].filter(
    ({ number: task, call }) => call?.waiting && fdsOfTask(host, task)?.get(call.fd)?.file === number,
  );
  const asleep = inside.map(({ number: task }) => (task === 1 ? host.name : `task ${task}`)).join(", ");
  const reason = inside.length === 0 ? "nobody sleeps in epoll_wait" : `${asleep} sleeps in epoll_wait`;
  return { name: `epoll instance ${number}`, call: "", reason, since: null };
}

/** The socket that an open file is; 0 if none of the host's numbers refers to it any more. */
function socketOf(host: HostState, file: number): number {
  for (const fds of [host.fds, ...host.forks.values()]) {
    for (const of of fds.values()) if (of.file === file) return of.socket;
  }
  return 0;
}
