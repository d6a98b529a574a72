import type { Nanos } from "../base/time.ts";

/** What every event begins with. */
export interface Stamp {
  readonly seq: number;
  readonly at: Nanos;
  /** Empty for what happens between hosts. */
  readonly host: string;
  /** The `seq` of the event that led to it; 0 for an input from outside. */
  readonly cause: number;
  readonly rule?: string;
  readonly why?: string;
}

/** An event of one type. */
export interface Of<T extends string> extends Stamp {
  readonly type: T;
}
