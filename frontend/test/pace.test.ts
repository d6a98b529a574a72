import { expect, it } from "vitest";
import { Pace } from "../src/islands/pace.ts";

/** In which of so many frames, 16 ms apart from `start`, all is drawn. */
function drawn(pace: Pace, start: number, frames: number): number[] {
  const whole: number[] = [];
  for (let i = 0; i < frames; i += 1) {
    const before = pace.beat;
    pace.frame(start + i * 16);
    if (pace.beat !== before) whole.push(i);
  }
  return whole;
}

it("draws all where the cursor moves once", () => {
  const pace = new Pace();
  pace.frame(0);
  expect(drawn(pace, 1_000, 1)).toEqual([0]);
});

it("draws what is beside the picture in every third frame while the cursor runs", () => {
  const pace = new Pace();
  pace.frame(0);
  expect(drawn(pace, 1_000, 9)).toEqual([0, 3, 6]);
});

it("asks for more frames until all is drawn", () => {
  const pace = new Pace();
  pace.frame(0);
  expect([1_000, 1_016, 1_032, 1_048].map((now) => pace.frame(now))).toEqual([false, true, true, false]);
});

it("draws all at once where something else has changed", () => {
  const pace = new Pace();
  pace.frame(0);
  pace.frame(16);
  pace.frame(32);
  pace.ask();
  expect(drawn(pace, 48, 3)).toEqual([0, 1]);
});
