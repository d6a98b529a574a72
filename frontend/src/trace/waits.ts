import { lowerBound } from "../base/search.ts";
import type { CallBlocked, CallEntered, CallReturned, ReadinessScanned, TaskWoken, TraceEvent } from "./events.ts";

/** What waits for one of several descriptors, or helps to: a row of the comparison. */
export type Mechanism = "select" | "poll" | "epoll_wait" | "epoll_ctl" | "kevent";

/** A call that looks for what is ready, with all that it looked at. */
export interface Wait {
  readonly mechanism: Mechanism;
  readonly entered: CallEntered;
  readonly scans: readonly ReadinessScanned[];
  readonly blocked: readonly CallBlocked[];
  readonly woken: readonly TaskWoken[];
  readonly returned: CallReturned | null;
}

/** What all waits by one mechanism have cost, and what came of them. */
export interface WaitTotal {
  readonly mechanism: Mechanism;
  readonly calls: number;
  /** Entries, bits or list elements that were gone through. */
  readonly walked: number;
  /** Descriptors that were asked how they are. */
  readonly scanned: number;
  readonly ready: number;
  readonly woken: number;
  /** Octets, to the kernel and back. */
  readonly copied: number;
  /** How often a task gave up its CPU to sleep. */
  readonly switches: number;
}

const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  select: "select",
  pselect: "select",
  poll: "poll",
  ppoll: "poll",
  epoll_wait: "epoll_wait",
  epoll_pwait: "epoll_wait",
  epoll_pwait2: "epoll_wait",
  epoll_ctl: "epoll_ctl",
  kevent: "kevent",
};

/** The waits of a run, as they come in. */
export class Waits {
  /** Of each task, in the order in which they were made. */
  readonly #tasks = new Map<string, { readonly host: string; readonly task: number; readonly waits: Wait[] }>();
  readonly #open = new Map<number, { readonly waits: Wait[]; readonly place: number }>();
  readonly #totals = new Map<Mechanism, WaitTotal>();

  add(event: TraceEvent): void {
    switch (event.type) {
      case "CallEntered":
        this.#entered(event);
        break;
      case "ReadinessScanned": {
        const { walked, scanned, ready } = event;
        this.#change(event.call, (wait) => ({ ...wait, scans: [...wait.scans, event] }), { walked, scanned, ready });
        break;
      }
      case "CallBlocked":
        this.#change(event.call, (wait) => ({ ...wait, blocked: [...wait.blocked, event] }), { switches: 1 });
        break;
      case "TaskWoken":
        this.#change(event.call, (wait) => ({ ...wait, woken: [...wait.woken, event] }), { woken: 1 });
        break;
      case "CallReturned":
        this.#change(event.call, (wait) => ({ ...wait, returned: event }), { copied: event.toKernel + event.toUser });
        this.#open.delete(event.call);
        break;
    }
  }

  /** What each task that has ever waited so does at event `seq`, or has done last. */
  at(seq: number): Wait[] {
    return [...this.#tasks.values()].flatMap(({ waits }) => waits[this.#before(waits, seq)] ?? []);
  }

  /** The wait of the same task that came before or after. */
  beside(wait: Wait, by: -1 | 1): Wait | null {
    const waits = this.#tasks.get(taskKey(wait.entered))?.waits ?? [];
    return waits[this.#before(waits, wait.entered.seq) + by] ?? null;
  }

  totals(): WaitTotal[] {
    return [...this.#totals.values()];
  }

  #before(waits: readonly Wait[], seq: number): number {
    return lowerBound(waits, seq + 1, (wait) => wait.entered.seq) - 1;
  }

  #entered(event: CallEntered): void {
    const mechanism = MECHANISMS[event.name];
    if (!mechanism) return;
    this.#count(mechanism, { calls: 1 });
    const key = taskKey(event);
    const known = this.#tasks.get(key) ?? { host: event.host, task: event.task, waits: [] };
    this.#tasks.set(key, known);
    this.#open.set(event.call, { waits: known.waits, place: known.waits.length });
    known.waits.push({ mechanism, entered: event, scans: [], blocked: [], woken: [], returned: null });
  }

  #change(call: number, change: (wait: Wait) => Wait, cost: Partial<WaitTotal>): void {
    const open = this.#open.get(call);
    const wait = open?.waits[open.place];
    if (!open || !wait) return;
    open.waits[open.place] = change(wait);
    this.#count(wait.mechanism, cost);
  }

  #count(mechanism: Mechanism, cost: Partial<Omit<WaitTotal, "mechanism">>): void {
    const zero = { calls: 0, walked: 0, scanned: 0, ready: 0, woken: 0, copied: 0, switches: 0 };
    const before = this.#totals.get(mechanism) ?? { mechanism, ...zero };
    const add = (key: keyof typeof zero) => before[key] + (cost[key] ?? 0);
    this.#totals.set(mechanism, {
      mechanism,
      calls: add("calls"),
      walked: add("walked"),
      scanned: add("scanned"),
      ready: add("ready"),
      woken: add("woken"),
      copied: add("copied"),
      switches: add("switches"),
    });
  }
}

function taskKey({ host, task }: CallEntered): string {
  return `${host} ${task}`;
}
