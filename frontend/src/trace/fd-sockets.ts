import type { TraceEvent } from "./events.ts";

/** Whose descriptor it is. */
interface Holder {
  readonly host: string;
  readonly task: number;
  readonly fd: number;
}

/** Which socket a descriptor refers to, at the latest event that was told. Grows with the run. */
export class FdSockets {
  readonly #sockets = new Map<string, number>();
  /** Of tasks that others have made: the first task of their process, whose descriptors they have. */
  readonly #processes = new Map<string, number>();

  add(event: TraceEvent): void {
    if (event.type === "TaskStarted") this.#processes.set(`${event.host} ${event.task}`, event.process);
    else if (event.type === "FdOpened") this.#sockets.set(key(event), event.socket);
    else if (event.type === "FdClosed") this.#sockets.delete(key(event));
  }

  /** 0 if it is none. */
  of({ host, task, fd }: Holder): number {
    const process = this.#processes.get(`${host} ${task}`) ?? 1;
    return this.#sockets.get(key({ host, task: process, fd })) ?? 0;
  }
}

const key = ({ host, task, fd }: Holder): string => `${host} ${task} ${fd}`;
