import type { CallError, CallInfo } from "../api/rest.ts";
import { formatDuration, nanos } from "../base/time.ts";
import { isMadeAgain } from "../trace/call-events.ts";
import type { CallStory, CommandStory, TraceIndex } from "../trace/trace-index.ts";

/** A line of a host's console. What the trace knows comes from it, so that a reload shows the same. */
export type Entry = CallEntry | RefusedEntry | PendingEntry | AnswerEntry;

export interface CallEntry {
  readonly kind: "call";
  readonly seq: number;
  readonly task: number;
  readonly text: string;
  readonly outcome: "done" | "failed" | "waiting" | "running";
  /** What it waits for, or how long it took. */
  readonly note: string;
  readonly advice: CallError | null;
}
/** Nothing has changed; shown where it happened, not kept by the server. */
export interface RefusedEntry {
  readonly kind: "refused";
  /** The number of the last event there was. */
  readonly seq: number;
  readonly host: string;
  readonly line: string;
  readonly title: string;
  readonly detail: string;
  /** From 0 in `line`; null if the problem has no place. */
  readonly mark: number | null;
}
/** Sent and not acknowledged yet. */
export interface PendingEntry {
  readonly kind: "pending";
  readonly seq: number;
  readonly host: string;
  readonly id: string;
  readonly line: string;
}
/** What a shell command printed, or what the server answered to a line that is no call: `cost`. */
export interface AnswerEntry {
  readonly kind: "answer";
  /** The number of the last event there was. */
  readonly seq: number;
  readonly host: string;
  readonly line: string;
  readonly text: string;
}

export function consoleLog(
  host: string,
  index: TraceIndex,
  local: readonly (RefusedEntry | PendingEntry | AnswerEntry)[],
  calls: readonly CallInfo[],
): Entry[] {
  const made = index.callsOf(host);
  const entries: Entry[] = [
    ...made.map((story) => callEntry(story, calls)),
    ...index
      .commands()
      .filter((command) => command.host === host)
      .map(commandEntry),
    ...local.filter((e) => e.host === host),
  ];
  // A refusal follows the call that was there before it.
  return entries
    .map((entry, i) => ({ entry, i }))
    .sort((a, b) => a.entry.seq - b.entry.seq || a.i - b.i)
    .map(({ entry }) => entry);
}

function commandEntry({ seq, host, command, output }: CommandStory): AnswerEntry {
  return { kind: "answer", seq, host, line: command, text: output.trimEnd() };
}

function callEntry(story: CallStory, calls: readonly CallInfo[]): CallEntry {
  const { entered, returned, task } = story;
  const base = { kind: "call" as const, seq: entered.seq, task, advice: null };
  if (!returned) {
    const reason = story.blocked.at(-1)?.reason;
    return reason === undefined
      ? { ...base, text: entered.text, outcome: "running", note: "in the kernel" }
      : { ...base, text: entered.text, outcome: "waiting", note: `waits for ${reason}` };
  }
  const took = nanos(returned.at - entered.at);
  const note = took > 0 ? `after ${formatDuration(took)}` : "";
  if (returned.errno === undefined || isMadeAgain(returned))
    return { ...base, text: returned.text, outcome: "done", note };
  const advice = calls.find((c) => c.name === returned.name)?.errors.find((e) => e.errno === returned.errno) ?? null;
  return { ...base, text: returned.text, outcome: "failed", note, advice };
}

/** Where the server's column (from 1, in what was sent) is in what was typed. */
export function markIn(sent: string, typed: string, column: number | null | undefined): number | null {
  if (!column || column < 1) return null;
  const mark = column - 1 - (sent.length - typed.length);
  return mark < 0 ? null : Math.min(mark, typed.length);
}

/** A console's line as the input log has it: with its host, unless it names one or is no call. */
export function inputLine(host: string, typed: string): string {
  const text = typed.trim();
  if (/^[A-Za-z_][\w-]*(\.\d+)?\s*:(?!:)/.test(text)) return text;
  if (/^(step|run)\b(?!\s*\()/.test(text)) return text;
  if (/^interrupt\b(?!\s*\()/.test(text)) return text === "interrupt" ? `interrupt ${host}` : text;
  if (/^(cost|start|predict)\b(?!\s*\()/.test(text)) return text === "start" ? `start ${host}` : text;
  const fault = /^(drop|delay)\b(?!\s*\()\s*(.*)$/.exec(text);
  if (fault) return /^[A-Za-z_]/.test(fault[2] ?? "") ? text : `${fault[1]} ${host} ${fault[2]}`.trim();
  return `${host}: ${text}`;
}

/** Whether a line is answered in words, and not by what it makes happen. */
export function asks(typed: string): boolean {
  return /^(cost|start|predict|drop|delay)\b(?!\s*\()/.test(typed.trim());
}
