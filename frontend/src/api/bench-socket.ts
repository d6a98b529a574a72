import { Store } from "../base/store.ts";
import { decodeBatch } from "../trace/batch.ts";
import type { TraceEvent } from "../trace/events.ts";
import { backoff } from "./backoff.ts";
import {
  type Ack,
  type BrowserFrame,
  type Checks,
  type Hello,
  type Questions,
  type Refused,
  type Remarks,
  readFrame,
} from "./frames.ts";
import { InOrder } from "./in-order.ts";

/** What is needed of a WebSocket; a test puts its own here. */
export interface SocketLike {
  binaryType: BinaryType;
  onopen: ((event: Event) => void) | null;
  onmessage: ((event: MessageEvent) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
  send(text: string): void;
  close(): void;
}

/** The world around a bench's socket. */
export interface Surroundings {
  connect(address: string): SocketLike;
  /** Calls `then` after `ms` milliseconds, unless the answer is called before. */
  later(ms: number, then: () => void): () => void;
  /** From 0 to 1. */
  chance(): number;
}

/** Who is told what comes in. */
export interface BenchListener {
  hello(frame: Hello): void;
  /** Answers false if events before these are missing; nothing behind the hole has been taken then. */
  events(events: readonly TraceEvent[]): boolean;
  ack(frame: Ack): void;
  refused(frame: Refused): void;
  checks(frame: Checks): void;
  remarks(frame: Remarks): void;
  questions(frame: Questions): void;
}

/**
 * `open`: all is well. `lost`: it will be tried again, and inputs wait. `closed`: the server has said that there is
 * no use in trying.
 */
export type Phase = "connecting" | "open" | "lost" | "closed";

export interface Connection {
  readonly phase: Phase;
  /** Attempts since the connection was lost. */
  readonly attempt: number;
  /** Inputs that the server has not acknowledged. */
  readonly waiting: number;
  readonly reason: string;
}

/** RFC 6455 §7.4.1 inconsistent data, and HTTP-like codes of our own: none goes away by trying again. */
const FINAL_CODES: ReadonlySet<number> = new Set([1007, 4401, 4403, 4404]);

interface Input {
  readonly id: string;
  readonly line: string;
}

/**
 * A bench's connection. It comes back after it was lost, from the event last seen, and sends again what was not
 * acknowledged, under the same ids: the server does nothing twice, so nothing is lost and nothing is doubled.
 */
export class BenchSocket {
  readonly connection = new Store<Connection>({ phase: "connecting", attempt: 0, waiting: 0, reason: "" });
  readonly #path: string;
  readonly #tab: string;
  readonly #lastSeq: () => number;
  readonly #listener: BenchListener;
  readonly #around: Surroundings;
  readonly #events: InOrder;
  readonly #unacknowledged = new Map<string, Input>();
  #socket: SocketLike | null = null;
  #greeted = false;
  #cancelRetry: (() => void) | null = null;

  /** @param tab a name that no other tab has: under it the server knows a tab that comes back. */
  constructor(path: string, tab: string, lastSeq: () => number, listener: BenchListener, around: Surroundings) {
    this.#path = path;
    this.#tab = tab;
    this.#lastSeq = lastSeq;
    this.#listener = listener;
    this.#around = around;
    this.#events = new InOrder({
      last: lastSeq,
      take: (events) => listener.events(events),
      ask: (from, to) => this.#send({ type: "range", from, to }),
    });
  }

  open(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
    this.#greeted = false;
    this.#events.startAgain();
    const socket = this.#around.connect(`${this.#path}?after=${this.#lastSeq()}&tab=${this.#tab}`);
    socket.binaryType = "arraybuffer";
    socket.onmessage = (event) => {
      if (socket === this.#socket) this.#receive(event.data);
    };
    socket.onclose = (event) => {
      if (socket === this.#socket) this.#lose(event.code, event.reason);
    };
    this.#socket = socket;
  }

  /** Puts in a line; kept until it is acknowledged or refused, across reconnects. */
  input(id: string, line: string): void {
    const input = { id, line };
    this.#unacknowledged.set(id, input);
    this.#tell({});
    if (this.#greeted) this.#sendInput(input);
  }

  takeOver(): void {
    this.#send({ type: "takeover" });
  }

  /** Says that events up to `lastSeq` are drawn. */
  seen(lastSeq: number): void {
    this.#send({ type: "seen", lastSeq });
  }

  #receive(data: unknown): void {
    if (data instanceof ArrayBuffer) this.#receiveEvents(data);
    else if (typeof data === "string") this.#receiveText(data);
  }

  #receiveEvents(data: ArrayBuffer): void {
    this.#events.receive(decodeBatch(data).events);
  }

  #receiveText(text: string): void {
    const frame = readFrame(text);
    switch (frame?.type) {
      case "hello":
        this.#greeted = true;
        this.#tell({ phase: "open", attempt: 0, reason: "" });
        this.#listener.hello(frame);
        for (const input of this.#unacknowledged.values()) this.#sendInput(input);
        break;
      case "ack":
        this.#settle(frame.id);
        this.#listener.ack(frame);
        break;
      case "refused":
        if (frame.id !== null) this.#settle(frame.id);
        this.#listener.refused(frame);
        break;
      case "checks":
        this.#listener.checks(frame);
        break;
      case "remarks":
        this.#listener.remarks(frame);
        break;
      case "questions":
        this.#listener.questions(frame);
        break;
      case "gap":
        this.#events.missing(frame.to);
        break;
      case "closing":
        this.#tell({ reason: frame.reason });
        break;
    }
  }

  #lose(code: number, reason: string): void {
    this.#socket = null;
    this.#greeted = false;
    const said = reason || this.connection.value.reason;
    if (FINAL_CODES.has(code)) {
      this.#tell({ phase: "closed", reason: said });
      return;
    }
    const attempt = this.connection.value.attempt + 1;
    this.#tell({ phase: "lost", attempt, reason: said });
    this.#cancelRetry = this.#around.later(backoff(attempt, this.#around.chance()), () => this.open());
  }

  #settle(id: string): void {
    this.#unacknowledged.delete(id);
    this.#tell({});
  }

  #sendInput({ id, line }: Input): void {
    this.#send({ type: "input", id, line });
  }

  #send(frame: BrowserFrame): void {
    if (this.#greeted) this.#socket?.send(JSON.stringify(frame));
  }

  #tell(change: Partial<Connection>): void {
    this.connection.update((before) => ({ ...before, ...change, waiting: this.#unacknowledged.size }));
  }
}

/** The browser's own. */
export const browserSurroundings: Surroundings = {
  connect: (address) => new WebSocket(new URL(address, location.href.replace(/^http/, "ws"))),
  later: (ms, then) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
  chance: Math.random,
};
