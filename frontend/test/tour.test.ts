import { expect, it } from "vitest";
import { Tour } from "../src/islands/tour.ts";
import { STOPS } from "../src/views/tour.ts";

function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

it("asks once, whatever the answer", () => {
  const kept = storage();
  const first = new Tour(kept);
  expect(first.invites).toBe(true);
  first.go(null);
  expect(first.invites).toBe(false);
  expect(new Tour(kept).invites).toBe(false);
});

it("works where nothing can be kept", () => {
  const refusing = {
    getItem: () => {
      throw new Error("denied");
    },
  } as unknown as Storage;
  const tour = new Tour(refusing);
  tour.go(0);
  expect(tour.stop).toBe(0);
});

it("marks what a stop is about, and only that", () => {
  const bench = document.createElement("div");
  bench.innerHTML = '<div class="consoles"></div><div class="transport"></div>';
  const tour = new Tour(null);
  const marked = () => [...bench.querySelectorAll("[data-tour-here]")].map((element) => element.className);
  tour.go(0);
  tour.mark(bench);
  expect(marked()).toEqual(["consoles"]);
  tour.go(1);
  tour.mark(bench);
  expect(marked()).toEqual(["transport"]);
  tour.go(null);
  tour.mark(bench);
  expect(marked()).toEqual([]);
});

it("takes less than a minute to read", () => {
  const words = STOPS.flatMap(({ title, text }) => `${title} ${text}`.split(/\s+/));
  expect(words.length).toBeLessThan(200); // at 200 words a minute
});
