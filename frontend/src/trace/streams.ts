import { fromBase64, sliceBase64 } from "../base/octets.ts";
import type { CallEntered, CallReturned, TraceEvent } from "./events.ts";

/** What one call has put into a stream. */
interface Written {
  /** Place of its first octet in the stream, from 0. */
  readonly start: number;
  readonly length: number;
  /** Base64; missing where the trace does not have it, as of sendfile(2). */
  readonly data: string | undefined;
}

interface Stream {
  length: number;
  readonly written: Written[];
  /** Of calls that have not returned: their octets follow, if they are taken. */
  readonly pending: Map<number, string>;
}

const WITHOUT_DATA: ReadonlySet<string> = new Set(["sendfile", "splice"]);

/** The octets that programs have written, by socket and place in the stream. Grows with the run. */
export class Streams {
  readonly #streams = new Map<string, Stream>();
  readonly #fds = new Map<string, number>();
  readonly #processes = new Map<string, number>();

  add(event: TraceEvent): void {
    switch (event.type) {
      case "TaskStarted":
        this.#processes.set(`${event.host} ${event.task}`, event.process);
        break;
      case "FdOpened":
        this.#fds.set(`${event.host} ${event.task} ${event.fd}`, event.socket);
        break;
      case "FdClosed":
        this.#fds.delete(`${event.host} ${event.task} ${event.fd}`);
        break;
      case "CallEntered":
        if (event.data !== undefined) this.#of(event)?.pending.set(event.call, event.data);
        break;
      case "CallReturned":
        this.#returned(event);
        break;
    }
  }

  /** The octets from the one at `from`, counted from 0, to before that at `end`; null where the trace has not all of them. */
  octets(host: string, socket: number, from: number, end: number): Uint8Array | null {
    const stream = this.#streams.get(`${host} ${socket}`);
    if (!stream || end <= from) return null;
    const octets = new Uint8Array(end - from);
    let known = 0;
    for (const { start, length, data } of [...stream.written, ...pending(stream)]) {
      const [first, last] = [Math.max(from, start), Math.min(end, start + length)];
      if (last <= first || data === undefined) continue;
      octets.set(sliceBase64(data, first - start, last - start), first - from);
      known += last - first;
    }
    return known < end - from ? null : octets;
  }

  #returned({ call, host, task, fd, name, result }: CallReturned): void {
    const stream = this.#of({ host, task, fd });
    const data = stream?.pending.get(call);
    stream?.pending.delete(call);
    if (!stream || result <= 0 || (data === undefined && !WITHOUT_DATA.has(name))) return;
    stream.written.push({ start: stream.length, length: result, data });
    stream.length += result;
  }

  #of({ host, task, fd }: Pick<CallEntered, "host" | "task" | "fd">): Stream | undefined {
    const process = this.#processes.get(`${host} ${task}`) ?? 1;
    const socket = this.#fds.get(`${host} ${process} ${fd}`);
    if (!socket) return undefined;
    const key = `${host} ${socket}`;
    const stream = this.#streams.get(key) ?? { length: 0, written: [], pending: new Map() };
    this.#streams.set(key, stream);
    return stream;
  }
}

/** Where a call's octets go that has not returned: behind what is there. */
function pending(stream: Stream): Written[] {
  let start = stream.length;
  return Array.from(stream.pending.values(), (data) => {
    const length = fromBase64(data.slice(-4)).length + ((data.length - 4) / 4) * 3;
    const written = { start, length, data };
    start += length;
    return written;
  });
}
