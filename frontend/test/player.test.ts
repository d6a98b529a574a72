import { expect, it } from "vitest";
import { Player } from "../src/islands/player.ts";
import { Recording } from "../src/islands/recording.ts";
import { exchange } from "./fixtures/exchange.ts";

/** Goes on when the test says so. */
function handClock() {
  let then: (() => void) | null = null;
  return {
    every: (_: number, next: () => void) => {
      then = next;
      return () => {
        then = null;
      };
    },
    tick: () => then?.(),
    get runs() {
      return then !== null;
    },
  };
}

it("plays from the beginning to the end, and stops there", () => {
  const recording = new Recording();
  recording.append(exchange());
  const clock = handClock();
  const player = new Player(recording, () => {}, clock);
  player.toggle();
  const seen = [recording.cursor];
  while (clock.runs) {
    clock.tick();
    seen.push(recording.cursor);
  }
  expect(seen[0]).toBe(1);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(recording.cursor).toBe(recording.lastSeq);
  expect(player.playing).toBe(false);
});

it("stands still where it is paused", () => {
  const recording = new Recording();
  recording.append(exchange());
  const clock = handClock();
  const player = new Player(recording, () => {}, clock);
  player.toggle();
  clock.tick();
  const at = recording.cursor;
  player.toggle();
  clock.tick();
  expect(recording.cursor).toBe(at);
});
