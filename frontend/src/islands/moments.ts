import type { CheckResult, Predictions } from "../api/frames.ts";
import type { RuleInfo } from "../api/rest.ts";
import { actualOf, type MomentActions, type MomentModel, momentVerdict, type Told } from "../views/moment.ts";
import type { Prediction } from "../views/predictions.ts";
import type { Act } from "../views/transport.ts";

/** What it needs of the bench. */
export interface AskedBench {
  readonly boot: { readonly predictions?: readonly Prediction[] };
  readonly predictions: Predictions;
  readonly checks: readonly CheckResult[];
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly typing: boolean;
  control(line: string, answered?: (lastSeq: number | null) => void): void;
  seek(seq: number): void;
  changed(): void;
  focus(what: "moment" | "step"): void;
}

/** What lets more of the run happen, or would. */
const GOES_ON: ReadonlySet<Act> = new Set(["step", "step-call", "run", "until", "mark-after", "next"]);

/** The moments at which the run halts: what is asked there, and what came of the last answer. */
export class Moments implements MomentActions {
  readonly #bench: AskedBench;
  /** What was answered last here, until it is put away. */
  #answered: string | null = null;
  /** Whether the event that decided it has been gone to. */
  #shown = false;

  constructor(bench: AskedBench) {
    this.#bench = bench;
  }

  /** Whether nothing goes on before there is an answer. */
  get asking(): boolean {
    return this.#asked !== null;
  }

  /** Whether there has to be an answer before that is done; then the caret goes to the answers. */
  holdsUp(act: Act, atEnd: boolean): boolean {
    const holds = this.asking && atEnd && GOES_ON.has(act);
    if (holds) this.#bench.focus("moment");
    return holds;
  }

  get model(): MomentModel {
    return { asked: this.#asked, told: this.#told, typing: this.#bench.typing };
  }

  get #asked(): MomentModel["asked"] {
    const { asked } = this.#bench.predictions;
    const prediction = asked && this.#find(asked.id);
    return prediction ? { prediction, skip: asked.skip } : null;
  }

  get #told(): Told | null {
    const id = this.#answered;
    const prediction = id === null ? undefined : this.#find(id);
    const answer = id === null ? undefined : this.#bench.predictions.said[id];
    if (!prediction || answer === undefined) return null;
    const result = this.#bench.checks.find((check) => check.id === id);
    return {
      prediction,
      answer,
      verdict: momentVerdict(result),
      actual: actualOf(result?.output ?? ""),
      event: result?.evidence.at(-1) ?? null,
      rule: this.#bench.rules.get(result?.rule ?? "") ?? null,
    };
  }

  #find(id: string): Prediction | undefined {
    return this.#bench.boot.predictions?.find((prediction) => prediction.id === id);
  }

  /** The answer is put in; when it is stored, the run goes on to where it is decided, if that comes by itself. */
  predict = (id: string, value: string): void => {
    this.#bench.control(`predict ${id} ${value}`, (lastSeq) => {
      if (lastSeq === null) return;
      this.#answered = id;
      this.#shown = false;
      this.#bench.control(`reveal ${id}`, () => this.#bench.changed());
      this.#bench.focus("step");
    });
  };

  skip(): void {
    const { asked } = this.#bench.predictions;
    if (asked) this.#bench.control(`skip ${asked.id}`);
    this.#bench.focus("step");
  }

  putAway(): void {
    this.#answered = null;
    this.#bench.changed();
    this.#bench.focus("step");
  }

  /** The checks have changed: to the event that has decided the last answer, once. */
  judged(): void {
    const told = this.#told;
    if (this.#shown || !told || told.verdict === "open" || told.event === null) return;
    this.#shown = true;
    this.#bench.seek(told.event);
  }

  /** Time is let pass again: what came of the last answer has been seen. */
  goesOn(): void {
    this.#answered = null;
  }
}
