import type { TraceEvent } from "../trace/events.ts";
import type { Recording } from "./recording.ts";

/** What one can go to, before and behind the cursor; and how the server is asked to run on to the next. */
export interface Landmark {
  readonly id: string;
  readonly name: string;
  is(event: TraceEvent): boolean;
  /** What comes behind `run until`. */
  readonly until: string;
}

const LANDMARKS: readonly Landmark[] = [
  { id: "state", name: "state change", is: ({ type }) => type === "StateChanged", until: "*.tcp: * -> *" },
  { id: "drop", name: "drop", is: ({ type }) => type === "PacketDropped", until: "drop" },
  {
    id: "retransmission",
    name: "retransmission",
    is: (event) => event.type === "SegmentSent" && event.retransmission > 0,
    until: "* SegmentSent retransmission=1..",
  },
  {
    id: "error",
    name: "error return",
    is: (event) => event.type === "CallReturned" && event.result === -1,
    until: "* CallReturned result=-1",
  },
  { id: "fault", name: "fault", is: ({ type }) => type === "FaultInjected", until: "FaultInjected" },
];

/** The kind that is chosen, and the way to the next of it. */
export class Landmarks {
  readonly all = LANDMARKS;
  readonly #recording: Recording;
  #chosen = LANDMARKS[0]?.id ?? "";
  /** What the server was asked to run on to, and the last event there was then. */
  #awaited: Landmark | null = null;
  #from = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
  }

  get chosen(): string {
    return this.#chosen;
  }

  choose(id: string): void {
    this.#chosen = id;
  }

  /** To the next one before or behind the cursor. Behind the last, the line that runs on to one; else nothing. */
  go(by: -1 | 1): string | null {
    const kind = LANDMARKS.find(({ id }) => id === this.#chosen);
    if (!kind || goToLandmark(this.#recording, kind, by)) return null;
    if (by < 0) return null;
    this.#awaited = kind;
    this.#from = this.#recording.lastSeq;
    return `run until ${kind.until}`;
  }

  /** More has come in: to the one that was run on to, which others of the same breath may stand behind. */
  arrived(): void {
    const kind = this.#awaited;
    if (!kind || this.#recording.lastSeq === this.#from) return;
    this.#recording.goTo(this.#from);
    if (goToLandmark(this.#recording, kind, 1)) this.#awaited = null;
    else this.#recording.follow();
  }

  /** It does not come about. */
  refused(): void {
    this.#awaited = null;
  }
}

/** To the next of its kind before or behind the cursor; answers false, and stays, if there is none. */
function goToLandmark(recording: Recording, { is }: Landmark, by: -1 | 1): boolean {
  const { timeline, cursor, lastSeq } = recording;
  for (let seq = cursor + by; seq >= 1 && seq <= lastSeq; seq += by) {
    const event = timeline.event(seq);
    if (!event || !is(event)) continue;
    recording.goTo(seq);
    return true;
  }
  return false;
}
