import type { BenchSocket } from "../api/bench-socket.ts";
import type { Ack, Refused } from "../api/frames.ts";
import {
  type AnswerEntry,
  asks,
  inputLine,
  markIn,
  type PendingEntry,
  type RefusedEntry,
} from "../views/console-log.ts";
import type { Recording } from "./recording.ts";
import { type Ran, summary } from "./summary.ts";

/** Is told the last event after a line; null if the line was refused. */
type Answered = (lastSeq: number | null) => void;

/** The lines that were put in, from consoles and controls, and what came of them. */
export class Inputs {
  /** Of the consoles: what is under way, was refused, or was answered with words alone. */
  local: readonly (RefusedEntry | PendingEntry | AnswerEntry)[] = [];
  /** What the last control answered, or why it was refused. */
  said = "";
  readonly #recording: Recording;
  readonly #socket: () => BenchSocket;
  #count = 0;
  /** Controls that were sent, the last event there was then, and who wants to know what comes of them. */
  readonly #controls = new Map<string, { readonly from: number; readonly answered: Answered | undefined }>();
  /** What a control has run through, until its events are here and it can be told. */
  #ran: Ran | null = null;

  constructor(recording: Recording, socket: () => BenchSocket) {
    this.#recording = recording;
    this.#socket = socket;
  }

  /** A line of a host's console. */
  put(host: string, typed: string): void {
    const id = this.#newId();
    this.local = [...this.local, { kind: "pending", seq: this.#recording.lastSeq, host, id, line: typed }];
    this.#send(id, inputLine(host, typed));
  }

  /**
   * A line of the bench itself: `step`, `run`, `predict`.
   *
   * @param answered who says what comes of it; nothing is said here then of a line that is refused
   */
  control(line: string, answered?: Answered): void {
    const id = this.#newId();
    this.#controls.set(id, { from: this.#recording.lastSeq, answered });
    this.#send(id, line);
  }

  #send(id: string, line: string): void {
    this.#recording.follow();
    this.#socket().input(id, line);
  }

  acknowledged(frame: Ack): void {
    const typed = this.#settle(frame.id);
    if (typed) this.#answered(typed, frame);
    else this.#ran = { from: this.#controls.get(frame.id)?.from ?? 0, to: frame.lastSeq, reply: frame.reply };
    this.#controls.get(frame.id)?.answered?.(frame.lastSeq);
    this.#controls.delete(frame.id);
  }

  refused({ id, title, detail, column }: Refused): void {
    const pending = this.#settle(id);
    if (!pending) {
      const answered = id === null ? undefined : this.#controls.get(id)?.answered;
      if (answered) answered(null);
      else this.said = detail || title;
      return;
    }
    const { host, line } = pending;
    const mark = markIn(inputLine(host, line), line, column);
    const refused = { kind: "refused" as const, seq: this.#recording.lastSeq, host, line, title, detail, mark };
    this.local = [...this.local, refused];
  }

  /** Once the events of what ran are here, tells what happened. */
  tell(): void {
    if (!this.#ran || this.#ran.to > this.#recording.lastSeq) return;
    this.said = summary(this.#recording, this.#ran);
    this.#ran = null;
  }

  #answered({ host, line }: PendingEntry, { reply, lastSeq }: Ack): void {
    this.said = "";
    if (!reply || !asks(line)) return;
    this.local = [...this.local, { kind: "answer", seq: lastSeq, host, line, text: reply }];
  }

  #settle(id: string | null): PendingEntry | null {
    const pending = this.local.find((entry) => entry.kind === "pending" && entry.id === id);
    this.local = this.local.filter((entry) => entry !== pending);
    return pending?.kind === "pending" ? pending : null;
  }

  /** Never the same twice, also after a reload: the server does an id once. */
  #newId(): string {
    this.#count += 1;
    return `${SESSION}-${this.#count}`;
  }
}

/** Names this tab to the server, also when it comes back after its connection broke. */
export const SESSION = Math.random().toString(36).slice(2, 10);
