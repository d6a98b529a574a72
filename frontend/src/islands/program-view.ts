import { lowerBound } from "../base/search.ts";
import { nanos } from "../base/time.ts";
import { packetsOfCall } from "../trace/call-packets.ts";
import { type LineCall, standingAt, standingSince } from "../trace/line-calls.ts";
import type { ProgramOfHost } from "../views/code-bar.ts";
import type { CallRow, LineModel, PacketRow } from "../views/code-line.ts";
import { resultOf } from "../views/code-margin.ts";
import { acknowledgement } from "../views/diagram-links.ts";
import { packetLabel } from "../views/diagram-text.ts";
import type { Recording } from "./recording.ts";

/** So many calls of a line are told, and packets of the last one. */
const MOST_CALLS = 5;
const MOST_PACKETS = 4;

/** The program of a host at the cursor, in a few words. */
export function programOf(host: string, { lines, cursor }: Recording): Omit<ProgramOfHost, "remarks"> {
  const call = lines.standing(host, cursor);
  if (call) {
    const standing = standingAt(call, cursor);
    return { host, standing, words: wordsOf(call, cursor) };
  }
  const end = lines.endsOf(host, cursor).findLast(() => true);
  if (!end) return { host, standing: "none", words: "no program has run" };
  const { signal, status, place } = end;
  if (signal !== null) return { host, standing: "failed", words: `ended by ${signal}${place && `, ${place}`}` };
  return { host, standing: "over", words: `ended with ${status}` };
}

function wordsOf(call: LineCall, cursor: number): string {
  const standing = standingAt(call, cursor);
  const what = standing === "waits" ? `waits in ${call.name}()` : `${call.name}() ${resultOf(call, standing)}`.trim();
  return `${what}, ${call.place}`;
}

/**
 * The calls of a line up to the cursor, and of the one at the cursor, or the last, its packets.
 *
 * @param built where it stands in the program that runs
 * @param now where it stands in the editor
 */
export function lineOf(recording: Recording, host: string, file: string, built: number, now: number): LineModel {
  const { lines, cursor, timeline } = recording;
  const calls = lines.onLines(host, file).get(built) ?? [];
  const made = lowerBound(calls, cursor + 1, ({ seq }) => seq);
  const told = calls.slice(Math.max(made - MOST_CALLS, 0), Math.max(made, 1));
  const here = lines.atEvent(cursor);
  const chosen = here && told.includes(here) ? here : told.at(-1);
  const several = new Set(lines.of(host).map(({ task }) => task)).size > 1;
  const rows = told.map((call): CallRow => {
    const standing = standingAt(call, cursor);
    const seq = standingSince(call, cursor);
    return {
      seq,
      at: timeline.event(seq)?.at ?? nanos(0),
      standing,
      text: (standing === "done" || standing === "failed" ? call.returned?.text : undefined) ?? call.text,
      who: several ? `task ${call.task}: ` : "",
      socket: call.socket,
      packets: call === chosen ? packetsOf(call, recording) : [],
      current: call === here,
    };
  });
  return { place: `${file}:${now}`, calls: rows, earlier: Math.max(made - MOST_CALLS, 0) };
}

/** What was sent up to the cursor, and what acknowledges the last of it. */
function packetsOf({ call }: LineCall, { index, streams, timeline, cursor }: Recording): PacketRow[] {
  const packets = packetsOfCall(call, index, streams, (seq) => timeline.event(seq));
  const row = (packet: number, letter: PacketRow["letter"]): PacketRow[] => {
    const story = index.packet(packet);
    if (!story?.sent || story.sent.seq > cursor) return [];
    const { name, numbers } = packetLabel(story, Number.POSITIVE_INFINITY);
    return [{ seq: story.sent.seq, letter, text: `${name} ${numbers}` }];
  };
  const last = packets.at(-1);
  const ack = last === undefined ? null : acknowledgement(last, index);
  const sent = packets.slice(0, MOST_PACKETS).flatMap((packet) => row(packet, "B"));
  return [...sent, ...(ack === null ? [] : row(ack, "C"))];
}
