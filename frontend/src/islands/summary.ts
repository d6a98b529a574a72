import { count } from "../base/octets.ts";
import type { Recording } from "./recording.ts";

/** What a control has run through: the events behind `from` up to `to`. */
export interface Ran {
  readonly from: number;
  readonly to: number;
  readonly reply: string | null;
}

/** For who cannot see the picture change: how much has happened, and the last of it that mattered. */
export function summary(recording: Recording, { from, to, reply }: Ran): string {
  if (to <= from) return reply ?? "Nothing has happened.";
  const last = recording.items.findLast((item) => item.seq <= to)?.seq ?? to;
  const shown = recording.say(last > from ? last : to);
  return [reply, to - from === 1 ? shown : `${count(to - from, "event")}. ${shown}`].filter(Boolean).join(" ");
}
