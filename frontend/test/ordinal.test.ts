import { expect, it } from "vitest";
import { ordinal } from "../src/base/ordinal.ts";

it("counts as one says it, the teens among them", () => {
  expect([1, 2, 3, 4, 11, 12, 13, 21, 22].map(ordinal)).toEqual([
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "13th",
    "21st",
    "22nd",
  ]);
});
