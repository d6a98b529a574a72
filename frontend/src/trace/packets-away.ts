import type { PacketStory, TraceIndex } from "./trace-index.ts";

/** A packet that somebody could lay hands on after some event. */
export interface PacketAway {
  readonly story: PacketStory;
  /** When it arrives, as far as that is known; null while it waits for a wire. */
  readonly arrives: number | null;
}

const MOST = 60;
/** So many of those sent last are looked through: what is on its way has been sent of late. */
const LOOKED_AT = 4_000;

/** The packets that are on their way after event `seq`, the last sent first. */
export function packetsAway(index: TraceIndex, seq: number): readonly PacketAway[] {
  const stories = index.packets();
  const away: PacketAway[] = [];
  let looked = 0;
  for (let i = stories.length - 1; i >= 0 && looked < LOOKED_AT && away.length < MOST; i -= 1) {
    const story = stories[i];
    if (!story?.sent || story.sent.seq > seq) continue;
    looked += 1;
    const found = awayAt(story, seq);
    if (found) away.push(found);
  }
  return away;
}

/** Whether one is on its way after event `seq`; null if not. */
export function awayAt(story: PacketStory, seq: number): PacketAway | null {
  const begun = story.copied ?? story.sent;
  if (!begun || begun.seq > seq) return null;
  const wire = story.wires.findLast((entered) => entered.seq <= seq);
  const last = Math.max(wire?.seq ?? 0, story.forwarded.findLast((one) => one.seq <= seq)?.seq ?? 0, begun.seq);
  const gone = [...story.queued, ...story.ends].some((end) => end.seq <= seq && end.seq > last);
  if (gone) return null;
  return { story, arrives: wire && (wire.seq === last || story.copied) ? wire.arrives : null };
}
