import { expect, it } from "vitest";
import { InOrder } from "../src/api/in-order.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { exchange } from "./fixtures/exchange.ts";

function intake() {
  const events = exchange();
  const timeline = new Timeline();
  const asked: string[] = [];
  const order = new InOrder({
    last: () => timeline.lastSeq,
    take: (some) => timeline.append(some),
    ask: (from, to) => asked.push(`${from}-${to}`),
  });
  /** Events `from` to `to` come in. */
  const come = (from: number, to: number): void => order.receive(events.slice(from - 1, to));
  return { order, timeline, asked, come };
}

it("keeps what comes behind a hole, and asks for the hole once", () => {
  const { timeline, asked, come } = intake();
  come(1, 3);
  come(6, 8);
  come(9, 10);
  expect(asked).toEqual(["4-5"]);
  expect(timeline.lastSeq).toBe(3);
  come(4, 5);
  expect(timeline.lastSeq).toBe(10);
  expect(asked).toHaveLength(1);
});

it("fills one hole after the other", () => {
  const { timeline, asked, come } = intake();
  come(1, 2);
  come(9, 10);
  come(5, 6);
  expect(asked).toEqual(["3-8"]);
  come(3, 4);
  expect(timeline.lastSeq).toBe(6);
  come(7, 8);
  expect(timeline.lastSeq).toBe(10);
  come(13, 14);
  expect(asked).toEqual(["3-8", "11-12"]);
});

it("asks for the end of a run that was left out", () => {
  const { order, timeline, asked, come } = intake();
  come(1, 2);
  order.missing(12);
  expect(asked).toEqual(["3-12"]);
  come(3, 12);
  expect(timeline.lastSeq).toBe(12);
});

it("forgets on a new connection what it has asked for on the last", () => {
  const { order, timeline, asked, come } = intake();
  come(1, 2);
  come(5, 6);
  order.startAgain();
  come(3, 6);
  expect(timeline.lastSeq).toBe(6);
  come(8, 9);
  expect(asked).toEqual(["3-4", "7-7"]);
});
