import type { Nanos } from "../base/time.ts";

/** What the server says in text frames, as `docs/websocket.md` has it. */
export interface Hello {
  readonly type: "hello";
  readonly run: string;
  readonly role: "owner" | "viewer";
  readonly lastSeq: number;
  readonly inputs: number;
  readonly now: Nanos;
  /** When the next event is due; null if nothing will happen by itself. */
  readonly next: Nanos | null;
  readonly hosts: readonly string[];
  /** Why nothing can be put in, if so. */
  readonly readOnly?: string;
}
export interface Ack {
  readonly type: "ack";
  readonly id: string;
  readonly input: number;
  readonly lastSeq: number;
  readonly now: Nanos;
  readonly next: Nanos | null;
  readonly reply: string | null;
}
export interface Refused {
  readonly type: "refused";
  readonly id: string | null;
  readonly title: string;
  readonly detail: string;
  /** From 1, in the line as it was sent. */
  readonly column?: number | null;
}
export interface Checks {
  readonly type: "checks";
  readonly tests: readonly CheckResult[];
  readonly predictions: Predictions;
}
/** What the C programs of the run have done that they hardly meant. */
export interface Remarks {
  readonly type: "remarks";
  readonly remarks: readonly Remark[];
}
export interface Remark {
  /** `leak`, `deadlock`, `null-pointer` */
  readonly id: string;
  readonly host: string;
  /** `server.c:41`, as it was compiled; empty where that is not known. */
  readonly place: string;
  readonly text: string;
  readonly lesson: string;
  /** The event that shows it; 0 if there is none. */
  readonly event: number;
  /** What else it speaks of: the other end of a deadlock, the failure before. */
  readonly related: readonly Pick<Remark, "host" | "place" | "text" | "event">[];
}
/** What the lab asks: whether what it asks beforehand can still be answered, the answers by id, and what is asked now. */
export interface Predictions {
  readonly open: boolean;
  readonly said: Readonly<Record<string, string>>;
  /** What the run has halted to ask; nothing goes on before there is an answer. */
  readonly asked?: Asked | null;
}
export interface Asked {
  readonly id: string;
  /** At which the run has halted. */
  readonly event: number;
  /** Whether it may go on without an answer. */
  readonly skip: boolean;
}
/** All that is asked about the run, for its owner and who teaches him. */
export interface Questions {
  readonly type: "questions";
  readonly questions: readonly Question[];
}
export interface Question {
  readonly id: string;
  /** The event that it is about; 0 for the run as a whole. */
  readonly event: number;
  readonly text: string;
  readonly answer: string | null;
  /** There is an answer that the student has not seen. */
  readonly unseen: boolean;
}
export interface Gap {
  readonly type: "gap";
  readonly from: number;
  readonly to: number;
}
export interface Closing {
  readonly type: "closing";
  readonly reason: string;
}
export type ServerFrame = Hello | Ack | Refused | Checks | Remarks | Questions | Gap | Closing;

export type CheckStatus = "PASS" | "FAIL" | "NOT_EXERCISED" | "BLOCKED" | "ERROR";

export interface CheckResult {
  readonly id: string;
  readonly name: string;
  readonly status: CheckStatus;
  readonly output: string;
  readonly evidence: readonly number[];
  readonly rule?: string | null;
  /** It only lacks something, which may come if the run goes on. */
  readonly open?: boolean;
}

/** What the browser says. */
export type BrowserFrame =
  | { readonly type: "input"; readonly id: string; readonly line: string }
  | { readonly type: "seen"; readonly lastSeq: number }
  | { readonly type: "range"; readonly from: number; readonly to: number }
  | { readonly type: "takeover" };

const TYPES: ReadonlySet<string> = new Set([
  "hello",
  "ack",
  "refused",
  "checks",
  "remarks",
  "questions",
  "gap",
  "closing",
]);

/** Null for a frame of a later version, which is passed over. */
export function readFrame(text: string): ServerFrame | null {
  const value: unknown = JSON.parse(text);
  if (typeof value !== "object" || value === null || !("type" in value)) return null;
  return TYPES.has(String(value.type)) ? (value as ServerFrame) : null;
}
