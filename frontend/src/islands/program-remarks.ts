import type { Remark } from "../api/frames.ts";
import type { RemarkPart, RemarkRow } from "../views/remarks.ts";
import type { Recording } from "./recording.ts";

/** What a line of a file is marked with. */
export interface RemarkMark {
  /** As it was compiled. */
  readonly line: number;
  readonly text: string;
  readonly lesson: string;
  /** The events it speaks of, that of the line first. */
  readonly events: readonly number[];
  readonly later: boolean;
}

/**
 * What there is to say of the program of a host, at the cursor; what is about the program that runs stands first.
 *
 * @param files of a host's program in the editor
 */
export function remarkRows(
  remarks: readonly Remark[],
  host: string,
  recording: Recording,
  files: (host: string) => readonly string[],
): RemarkRow[] {
  const part = (of: Pick<Remark, "host" | "place" | "event">, text: string): RemarkPart => ({
    ...{ host: of.host, place: of.place, text, seq: of.event },
    open: files(of.host).includes(fileOf(of.place)),
  });
  const rows = remarks.map((remark): RemarkRow => {
    const { id, text, lesson, event, related } = remark;
    const parts = [part(remark, ""), ...related.map((each) => part(each, each.text))];
    const when = isEarlier(remark, recording) ? "earlier" : event > recording.cursor ? "later" : "now";
    return { id, text, lesson, parts, when };
  });
  return rows
    .filter(({ parts }) => parts.some((each) => each.host === host))
    .toSorted((one, other) => Number(one.when === "earlier") - Number(other.when === "earlier"));
}

/** The lines of a host's file that are spoken of; nothing of a program that ran before, whose lines may have been others. */
export function remarkMarks(rows: readonly RemarkRow[], host: string, file: string): RemarkMark[] {
  return rows
    .filter(({ when }) => when !== "earlier")
    .flatMap(({ text, lesson, parts, when }) =>
      parts
        .filter((part) => part.host === host && part.place !== "" && fileOf(part.place) === file)
        .map((part) => ({
          ...{ line: lineIn(part.place), text, lesson, later: when === "later" },
          events: [part, ...parts.filter((other) => other !== part)].map(({ seq }) => seq).filter((seq) => seq > 0),
        })),
    );
}

/** A remark that keys lead to. */
export interface RemarkStop {
  readonly place: string;
  /** Which it is, and what is said there: the margin's mark tells that to a mouse alone. */
  readonly said: string;
}

/**
 * What is said of a line of a host's program before or after the one that is looked at, round in a circle; null if of none.
 *
 * @param place that is looked at
 */
export function remarkBeside(rows: readonly RemarkRow[], host: string, place: string, by: -1 | 1): RemarkStop | null {
  const said = new Map<string, string[]>();
  for (const { text, lesson, parts, when } of rows) {
    if (when === "earlier") continue;
    for (const part of parts) {
      if (part.host !== host || !part.open) continue;
      said.set(part.place, [
        ...(said.get(part.place) ?? []),
        `${part.text === "" ? text : `${part.text}. ${text}`} ${lesson}`,
      ]);
    }
  }
  const places = [...said.keys()].toSorted(order);
  const beyond =
    by === 1 ? places.find((one) => order(one, place) > 0) : places.findLast((one) => order(one, place) < 0);
  const next = beyond ?? places.at(by === 1 ? 0 : -1);
  if (next === undefined) return null;
  const what = `Remark ${places.indexOf(next) + 1} of ${places.length}, ${next}:`;
  return { place: next, said: `${what} ${said.get(next)?.join(" ") ?? ""}` };
}

/** By file, then by line. */
function order(one: string, other: string): number {
  return fileOf(one).localeCompare(fileOf(other)) || lineIn(one) - lineIn(other);
}

/** Whether its process has ended, as far as that can be seen, and another program was started on its host since. */
function isEarlier({ host, event }: Remark, { lines, lastSeq }: Recording): boolean {
  const end = lines.endsOf(host, lastSeq).find(({ seq }) => seq >= event);
  return end !== undefined && lines.startsOf(host).some((seq) => seq > end.seq);
}

const fileOf = (place: string): string => place.slice(0, Math.max(place.lastIndexOf(":"), 0));

export const lineIn = (place: string): number => Number(place.slice(place.lastIndexOf(":") + 1));
