import { expect, it } from "vitest";
import { type Beside, Pace } from "../src/islands/pace.ts";

const ALL: readonly Beside[] = ["state", "why", "consoles"];
const FRAME = 16;

/** What is drawn beside the picture in a frame at `now`. */
function drawn(pace: Pace, now: number): string {
  const before = ALL.map((what) => pace.beat(what));
  pace.frame(now);
  return ALL.filter((what, i) => pace.beat(what) !== before[i]).join(" ");
}

/** The same of so many frames from `start` on, in each of which the cursor has moved. */
function run(pace: Pace, start: number, frames: number): string[] {
  return Array.from({ length: frames }, (_, i) => {
    pace.move();
    return drawn(pace, start + i * FRAME);
  });
}

/** One that has drawn all. */
function rested(): Pace {
  const pace = new Pace();
  pace.frame(0);
  return pace;
}

it("draws all where the cursor moves once", () => {
  const pace = rested();
  pace.move();
  expect(drawn(pace, 1_000)).toBe("state why consoles");
  pace.move();
  expect(drawn(pace, 2_000)).toBe("state why consoles");
});

it("draws what is beside the picture in turns while the cursor runs", () => {
  const running = run(rested(), 1_000, 10);
  expect(running).toEqual(["state why consoles", "state", "", "", "why", "", "", "consoles", "", ""]);
});

it("says whether the cursor runs, and asks for a frame when it no longer does", () => {
  const pace = rested();
  pace.move();
  pace.frame(1_000);
  expect(pace.runs).toBe(false);
  for (let now = 1_016; now < 1_200; now += FRAME) {
    pace.move();
    expect(pace.frame(now)).toBe(true);
    expect(pace.runs).toBe(true);
  }
  pace.frame(1_216);
  expect(pace.runs).toBe(false);
});

it("asks for frames until nothing is behind the cursor, and draws something in each", () => {
  const pace = rested();
  run(pace, 1_000, 3);
  const followed: string[] = [];
  for (let now = 1_048; pace.frame(now); now += FRAME) followed.push(ALL.map((what) => pace.beat(what)).join());
  expect(followed).toHaveLength(2);
  expect(new Set(followed)).toHaveLength(2);
});

it("draws nothing beside the picture where neither the cursor has moved nor anything has changed", () => {
  const pace = rested();
  expect(drawn(pace, 1_000)).toBe("");
  expect(pace.frame(2_000)).toBe(false);
});

it("draws all at once where something else has changed", () => {
  const pace = rested();
  run(pace, 1_000, 4);
  pace.ask();
  expect(drawn(pace, 1_064)).toBe("state why consoles");
});
