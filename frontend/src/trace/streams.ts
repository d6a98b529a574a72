import { fromBase64, sliceBase64 } from "../base/octets.ts";
import type { CallEntered, CallReturned, TraceEvent } from "./events.ts";
import { FdSockets } from "./fd-sockets.ts";

/** What one call has put into a stream. */
interface Written {
  /** Place of its first octet in the stream, from 0. */
  readonly start: number;
  readonly length: number;
  /** Base64; missing where the trace does not have it, as of sendfile(2). */
  readonly data: string | undefined;
}

/** A stretch of a socket's stream, its first octet counted from 0. */
export interface WrittenBy {
  readonly host: string;
  readonly socket: number;
  readonly from: number;
  readonly length: number;
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
  readonly #fds = new FdSockets();
  /** Where in its stream stands what a call has written, by the call's number. */
  readonly #places = new Map<number, WrittenBy>();

  add(event: TraceEvent): void {
    this.#fds.add(event);
    if (event.type === "CallReturned") this.#returned(event);
    else if (event.type === "CallEntered" && event.data !== undefined) {
      this.#of(event)?.pending.set(event.call, event.data);
    }
  }

  /** What a call has put into the stream of a socket; undefined if it has put nothing there. */
  writtenBy(call: number): WrittenBy | undefined {
    return this.#places.get(call);
  }

  /** The calls that have put something of this stretch into a socket's stream, in their order. */
  writersOf({ host, socket, from, length }: WrittenBy): readonly number[] {
    return [...this.#places].flatMap(([call, at]) => {
      const its = at.host === host && at.socket === socket;
      return its && at.from < from + length && at.from + at.length > from ? [call] : [];
    });
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
    this.#places.set(call, { host, socket: this.#fds.of({ host, task, fd }), from: stream.length, length: result });
    stream.length += result;
  }

  #of({ host, task, fd }: Pick<CallEntered, "host" | "task" | "fd">): Stream | undefined {
    const socket = this.#fds.of({ host, task, fd });
    if (socket === 0) return undefined;
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
