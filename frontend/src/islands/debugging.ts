import type { LineCall } from "../trace/line-calls.ts";
import type { Breakpoints } from "./breakpoints.ts";
import type { Recording } from "./recording.ts";

/** What keys and buttons do with programs. */
export const DEBUG_ACTS = [
  "line-before",
  "line-after",
  "own-call-before",
  "own-call-after",
  "break-before",
  "break-after",
  "breakpoint",
  "remark-before",
  "remark-after",
] as const;
export type DebugAct = (typeof DEBUG_ACTS)[number];

export const isDebugAct = (action: string): action is DebugAct => (DEBUG_ACTS as readonly string[]).includes(action);

/** What it needs of the bench. */
export interface DebuggedBench {
  readonly recording: Recording;
  readonly typing: boolean;
  /**
   * Lets time pass, as a line says.
   *
   * @param answered is told the last event that there is then; null if the line is refused
   */
  control(line: string, answered?: (lastSeq: number | null) => void): void;
  /** The cursor has moved. */
  moved(): void;
}

/** Whether an event, which is the beginning, the wait or the end of a call, is one to go to. */
type Wanted = (call: LineCall, seq: number) => boolean;

/** What one goes to. */
interface Stride {
  readonly wanted: Wanted;
  /** What the server is asked to run on to, where nothing of the kind has been recorded yet. */
  readonly until: string;
  /** What there is to say, and to do, if it does not come about. */
  readonly missed: () => void;
}

/**
 * Goes through programs by their lines, their calls and breakpoints: back and forth with the cursor in what is recorded, and
 * behind its end by letting the run go on.
 */
export class Debugging {
  /** Whose program is gone through. */
  host = "";
  /** Where it has stopped, or why it does not go on. */
  said = "";
  /** The event at which it has stopped last. */
  stoppedAt = 0;
  /** Sets a breakpoint where the caret is; null where no editor is open. */
  toggle: (() => void) | null = null;

  /** To the line before or after of which there is something to say, with that. */
  showRemark: ((by: -1 | 1) => void) | null = null;
  readonly breakpoints: Breakpoints;
  readonly #bench: DebuggedBench;
  /** What is waited for, behind which event, and how far events will come. */
  #awaited: { readonly wanted: Wanted; readonly from: number; to: number } | null = null;

  constructor(bench: DebuggedBench, breakpoints: Breakpoints) {
    this.#bench = bench;
    this.breakpoints = breakpoints;
  }

  act(act: DebugAct): void {
    this.said = "";
    if (act === "breakpoint") this.toggle?.();
    else if (act.startsWith("remark")) this.showRemark?.(act === "remark-after" ? 1 : -1);
    else if (act.startsWith("line")) this.#go(act === "line-after" ? 1 : -1, this.#byLine());
    else if (act.startsWith("own-call")) this.#go(act === "own-call-after" ? 1 : -1, this.#byCall());
    else this.#go(act === "break-after" ? 1 : -1, this.#byBreakpoint());
  }

  /** Lets time pass to a breakpoint; without one, until nothing is under way. */
  run(): void {
    this.said = "";
    if (this.breakpoints.count === 0) this.#bench.control("run");
    else this.#ask(this.#byBreakpoint());
  }

  /** A line is put in with which programs go on: stops at a breakpoint that they come to. */
  control(line: string): void {
    this.said = "";
    this.#await(this.#byBreakpoint());
    this.#bench.control(line, (lastSeq) => this.#answered(lastSeq));
  }

  /** More has come in: to what was waited for, which others of the same breath may stand behind. */
  arrived(): void {
    const awaited = this.#awaited;
    const { recording } = this.#bench;
    if (!awaited || recording.lastSeq === awaited.from) return;
    const found = this.#find(1, awaited.from, awaited.wanted);
    if (found !== null) this.#stop(found);
    if (found !== null || recording.lastSeq >= awaited.to) this.#awaited = null;
  }

  #go(by: -1 | 1, stride: Stride): void {
    const found = this.#find(by, this.#bench.recording.cursor, stride.wanted);
    if (stride.until === "") this.#tell("There is no breakpoint: click beside a line's number to set one.");
    else if (found !== null) this.#stop(found);
    else if (by > 0 && this.#bench.typing) this.#ask(stride);
    else this.#tell(by > 0 ? "There is nothing further." : "There is nothing before.");
  }

  #ask(stride: Stride): void {
    this.#await(stride);
    this.#bench.control(`run until ${stride.until}`, (lastSeq) => {
      this.#answered(lastSeq);
      if (lastSeq === null) stride.missed();
    });
  }

  #await({ wanted }: Stride): void {
    this.#awaited = { wanted, from: this.#bench.recording.lastSeq, to: Number.POSITIVE_INFINITY };
  }

  #answered(lastSeq: number | null): void {
    if (!this.#awaited) return;
    if (lastSeq === null) this.#awaited = null;
    else this.#awaited.to = lastSeq;
    this.arrived();
  }

  #byLine(): Stride {
    const task = this.#task();
    return {
      wanted: (call, seq) => seq === call.seq && call.begins && this.#isOwn(call, task),
      until: this.#events(["CallEntered", "FunctionEntered"], task, " place=*"),
      missed: () => this.#tell(this.#stuck()),
    };
  }

  #byCall(): Stride {
    const task = this.#task();
    return {
      wanted: (call, seq) => (seq === call.seq || seq === call.returned?.seq) && this.#isOwn(call, task),
      until: this.#events(["CallEntered", "CallReturned", "FunctionEntered", "FunctionReturned"], task, ""),
      missed: () => this.#tell(this.#stuck()),
    };
  }

  #byBreakpoint(): Stride {
    const { breakpoints } = this;
    return {
      wanted: (call, seq) => seq === call.seq && breakpoints.has(call),
      until: breakpoints.pattern,
      missed: () => {
        this.#tell("No breakpoint is reached: run until nothing is under way.");
        this.#bench.control("run");
      },
    };
  }

  #events(types: readonly string[], task: number | null, more: string): string {
    const whose = task === null ? "" : ` task=${task}`;
    return types.map((type) => `${this.host} ${type}${whose}${more}`).join(" | ");
  }

  /** The task that is gone through: whose call is at the cursor, else the last that did something; null before all. */
  #task(): number | null {
    const { lines, cursor } = this.#bench.recording;
    const here = lines.atEvent(cursor);
    if (here?.host === this.host) return here.task;
    return lines.standing(this.host, cursor)?.task ?? null;
  }

  #isOwn(call: LineCall, task: number | null): boolean {
    return call.host === this.host && (task === null || call.task === task);
  }

  #find(by: -1 | 1, from: number, wanted: Wanted): number | null {
    const { lines, lastSeq } = this.#bench.recording;
    for (let seq = from + by; seq >= 1 && seq <= lastSeq; seq += by) {
      const call = lines.atEvent(seq);
      if (call && wanted(call, seq)) return seq;
    }
    return null;
  }

  #stop(seq: number): void {
    const { recording } = this.#bench;
    recording.goTo(seq);
    this.stoppedAt = seq;
    const call = recording.lines.atEvent(seq);
    if (call && seq === call.seq && this.breakpoints.has(call))
      this.said = `Breakpoint: ${call.place}, ${call.name}().`;
    this.#bench.moved();
  }

  /** Why a program does not come any further. */
  #stuck(): string {
    const { lines, cursor } = this.#bench.recording;
    const call = lines.standing(this.host, cursor);
    if (call) return `${this.host} is in ${call.name}() at ${call.place}, and nothing that is under way ends that.`;
    return lines.of(this.host).length > 0
      ? `The program of ${this.host} has ended.`
      : `No program has begun on ${this.host}.`;
  }

  #tell(said: string): void {
    this.said = said;
    this.#bench.moved();
  }
}
