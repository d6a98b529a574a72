import type { ProgramOutput } from "../trace/call-events.ts";
import type { Recording } from "./recording.ts";

export interface Printed {
  readonly seq: number;
  readonly stream: string;
  readonly text: string;
}

/** What the recording tells of programs. What has been looked through once is not looked through again. */
export class ProgramTraces {
  #looked = 0;
  readonly #printed: ProgramOutput[] = [];
  /** Of each host: where its program was, from which event on. */
  readonly #places = new Map<string, { readonly seq: number; readonly place: string }[]>();

  #look({ timeline, lastSeq }: Recording): void {
    for (; this.#looked < lastSeq; this.#looked++) {
      const event = timeline.event(this.#looked + 1);
      if (!event) return;
      if (event.type === "ProgramOutput") this.#printed.push(event);
      else if (event.type === "ProcessExited") this.#stands(event.host, event.seq, "");
      else if ((event.type === "CallEntered" || event.type === "ProgramFaulted") && event.place) {
        this.#stands(event.host, event.seq, event.place);
      }
    }
  }

  #stands(host: string, seq: number, place: string): void {
    const places = this.#places.get(host) ?? [];
    places.push({ seq, place });
    this.#places.set(host, places);
  }

  /** Where the program of a host stands at the cursor: `server.c:41`; empty for nowhere. */
  placeAt(recording: Recording, host: string): string {
    this.#look(recording);
    return this.#places.get(host)?.findLast(({ seq }) => seq <= recording.cursor)?.place ?? "";
  }

  /** What the programs of a host have printed up to the cursor. */
  printedBy(recording: Recording, host: string): readonly Printed[] {
    this.#look(recording);
    return this.#printed.filter((event) => event.host === host && event.seq <= recording.cursor);
  }
}
