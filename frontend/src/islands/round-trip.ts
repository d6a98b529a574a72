import { lowerBound } from "../base/search.ts";
import type { Recording } from "./recording.ts";

/** To what was there a round trip before or after the cursor: twice the longest delay of a link. */
export function moveByRoundTrip(recording: Recording, by: -1 | 1): void {
  const { events } = recording.timeline;
  const then = recording.state.now + by * 2 * recording.index.delay;
  // the last event that is not later
  recording.goTo(
    Math.max(
      lowerBound(events, then + 1, (event) => event.at),
      Math.min(1, events.length),
    ),
  );
}
