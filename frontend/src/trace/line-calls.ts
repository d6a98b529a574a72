import { lowerBound } from "../base/search.ts";
import { isMadeAgain } from "./call-events.ts";
import type { CallEntered, FunctionEntered, TraceEvent } from "./events.ts";
import { FdSockets } from "./fd-sockets.ts";

/** A call that a line of a program has made: of the kernel, or of a function of the library that makes calls of its own. */
export interface LineCall {
  /** The event with which it was entered. */
  readonly seq: number;
  readonly host: string;
  readonly task: number;
  /** `server.c:41` */
  readonly place: string;
  readonly name: string;
  readonly text: string;
  /** Its number; 0 for a function. */
  readonly call: number;
  /** The socket that it is about, or has made; 0 for none. */
  readonly socket: number;
  /** Whether the task has come to the line with it: what follows on the same line does not begin it again. */
  readonly begins: boolean;
  /** The event with which it had to wait; null if it had not. */
  readonly blocked: number | null;
  readonly returned: { readonly seq: number; readonly text: string; readonly failed: string | null } | null;
}

/** How a call stands at the cursor. */
export type Standing = "later" | "runs" | "waits" | "done" | "failed";

export function standingAt({ seq, blocked, returned }: LineCall, cursor: number): Standing {
  if (cursor < seq) return "later";
  if (returned && returned.seq <= cursor) return returned.failed === null ? "done" : "failed";
  return blocked !== null && blocked <= cursor ? "waits" : "runs";
}

/** The event that made a call stand as it does; of one that is still to come, its first. */
export function standingSince(call: LineCall, cursor: number): number {
  const standing = standingAt(call, cursor);
  if (standing === "done" || standing === "failed") return call.returned?.seq ?? call.seq;
  return standing === "waits" ? (call.blocked ?? call.seq) : call.seq;
}

/** How a process ended. */
export interface End {
  readonly seq: number;
  /** The first task of the process. */
  readonly task: number;
  readonly status: number;
  readonly signal: string | null;
  /** Where it was then, if it did what no program may. */
  readonly place: string;
}

type Growing = { -readonly [K in keyof LineCall]: LineCall[K] };

interface OfTask {
  /** What it is in, calls in functions aside. */
  current: Growing | null;
  /** The call with which it came to the line where it is. */
  first: LineCall | null;
}

/** Which lines of programs have made which calls. Grows with the run, in constant time an event. */
export class LineCalls {
  readonly #fds = new FdSockets();
  readonly #ofHost = new Map<string, LineCall[]>();
  readonly #onLines = new Map<string, Map<number, LineCall[]>>();
  readonly #bySeq = new Map<number, LineCall>();
  readonly #tasks = new Map<string, OfTask>();
  readonly #ends = new Map<string, End[]>();
  /** Threads that have ended, by their hosts. */
  readonly #exits = new Map<string, { readonly seq: number; readonly task: number }[]>();
  readonly #starts = new Map<string, number[]>();
  /** The processes of tasks that others have made. */
  readonly #processes = new Map<string, number>();
  /** Where a task of a host has done what no program may, until it is ended. */
  readonly #faults = new Map<string, string>();

  add(event: TraceEvent): void {
    this.#fds.add(event);
    switch (event.type) {
      case "CallEntered":
      case "FunctionEntered":
        if (event.place !== undefined) this.#entered(event, event.place);
        break;
      case "CallBlocked": {
        const call = this.#task(event).current;
        if (!call) break;
        call.blocked ??= event.seq;
        this.#bySeq.set(event.seq, call);
        break;
      }
      case "CallReturned":
        if (this.#task(event).current?.call === event.call) {
          this.#returned(event, isMadeAgain(event) ? null : (event.errno ?? null));
        }
        break;
      case "FunctionReturned":
        if (this.#task(event).current?.call === 0) this.#returned(event, failureIn(event.text));
        break;
      case "FdOpened":
        this.#opened(event);
        break;
      case "ProgramFaulted":
        this.#faults.set(`${event.host} ${event.task}`, event.place ?? "");
        break;
      case "TaskStarted":
        this.#processes.set(`${event.host} ${event.task}`, event.process);
        if (event.by === 0) listIn(this.#starts, event.host).push(event.seq);
        break;
      case "TaskExited":
        listIn(this.#exits, event.host).push(event);
        break;
      case "ProcessExited":
        this.#ended(event);
        break;
    }
  }

  /** All calls of a host's programs, in order; the list grows with the run. */
  of(host: string): readonly LineCall[] {
    return this.#ofHost.get(host) ?? [];
  }

  /** The calls of each line of a file, in order. */
  onLines(host: string, file: string): ReadonlyMap<number, readonly LineCall[]> {
    return this.#onLines.get(`${host} ${file}`) ?? new Map();
  }

  /** The call whose beginning, wait or end an event is. */
  atEvent(seq: number): LineCall | undefined {
    return this.#bySeq.get(seq);
  }

  /** The last call up to an event of a task of the host that goes on; null if there is none. */
  standing(host: string, cursor: number): LineCall | null {
    const calls = this.of(host);
    const exits = (this.#exits.get(host) ?? []).filter(({ seq }) => seq <= cursor);
    const over = new Map([...this.endsOf(host, cursor), ...exits].map((end) => [end.task, end.seq]));
    const overSince = (task: number): number =>
      Math.max(over.get(task) ?? 0, over.get(this.#processes.get(`${host} ${task}`) ?? task) ?? 0);
    for (let i = lowerBound(calls, cursor + 1, ({ seq }) => seq) - 1; i >= 0; i -= 1) {
      const call = calls[i];
      if (call && overSince(call.task) < call.seq) return call;
    }
    return null;
  }

  /** Where programs of a host were started, but for the one on its first task, which needs no event for that. */
  startsOf(host: string): readonly number[] {
    return this.#starts.get(host) ?? [];
  }

  /** The processes of a host that have ended up to an event. */
  endsOf(host: string, cursor: number): readonly End[] {
    return (this.#ends.get(host) ?? []).filter(({ seq }) => seq <= cursor);
  }

  #entered(event: CallEntered | FunctionEntered, place: string): void {
    const task = this.#task(event);
    if (task.current?.call === 0) return; // the function's own
    const { seq, host, name, text } = event;
    const call = event.type === "CallEntered" ? event.call : 0;
    const socket = event.type === "CallEntered" ? this.#fds.of(event) : 0;
    const begins = task.first?.place !== place || task.first.name === name;
    const made: Growing = {
      ...{ seq, host, task: event.task, place, name, text, call, socket, begins },
      blocked: null,
      returned: null,
    };
    task.current = made;
    if (begins) task.first = made;
    this.#bySeq.set(seq, made);
    listIn(this.#ofHost, host).push(made);
    const colon = place.lastIndexOf(":");
    const file = `${host} ${place.slice(0, colon)}`;
    const lines = this.#onLines.get(file) ?? new Map<number, LineCall[]>();
    this.#onLines.set(file, lines);
    listIn(lines, Number(place.slice(colon + 1))).push(made);
  }

  #returned(event: { host: string; task: number; seq: number; text: string }, failed: string | null): void {
    const task = this.#task(event);
    if (!task.current) return;
    const { seq, text } = event;
    task.current.returned = { seq, text, failed };
    this.#bySeq.set(seq, task.current);
    task.current = null;
  }

  /** A descriptor is opened for a process while one of its tasks is in the call that makes it. */
  #opened({ host, cause, socket }: { host: string; cause: number; socket: number }): void {
    if (socket === 0) return;
    const calls = this.of(host);
    const call = this.#bySeq.get(cause) ?? calls.at(-1);
    if (call?.host === host && call.socket === 0 && call.returned === null) (call as Growing).socket = socket;
  }

  #ended({ host, task, process, seq, status, signal }: Extract<TraceEvent, { type: "ProcessExited" }>): void {
    const place = this.#faults.get(`${host} ${task}`) ?? "";
    listIn(this.#ends, host).push({ seq, task: process, status, signal: signal ?? null, place });
    this.#tasks.delete(`${host} ${process}`);
  }

  #task({ host, task }: { readonly host: string; readonly task: number }): OfTask {
    const known = this.#tasks.get(`${host} ${task}`) ?? { current: null, first: null };
    this.#tasks.set(`${host} ${task}`, known);
    return known;
  }
}

/** What a function of the library says has gone wrong: `= EAI_NONAME`, `= NULL`. */
const failureIn = (text: string): string | null => / = (EAI_\w+|NULL)\b/.exec(text)?.[1] ?? null;

function listIn<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}
