import { expect, it } from "vitest";
import { KindCounts } from "../src/trace/kind-counts.ts";
import { exchange } from "./fixtures/exchange.ts";

const events = exchange();

function counted(): KindCounts {
  const counts = new KindCounts();
  for (const event of events) counts.add(event);
  return counts;
}

it("counts every event of a kind once, in the part of the run where it is", () => {
  const calls = events.filter((event) => event.type === "CallEntered");
  const parts = counted().parts("call", 10);
  expect(parts).toHaveLength(10);
  expect(parts.reduce((sum, count) => sum + count, 0)).toBe(calls.length);
  expect(parts[0]).toBeGreaterThan(0);
});

it("shows the lost segment and the one sent again as trouble, and its timer", () => {
  const sum = (kind: "trouble" | "timer") =>
    counted()
      .parts(kind, 5)
      .reduce((all, count) => all + count, 0);
  expect(sum("trouble")).toBe(2);
  expect(sum("timer")).toBe(1);
});

it("has nothing to show of nothing", () => {
  expect(new KindCounts().parts("call", 10)).toEqual([]);
});
