import { expect, it } from "vitest";
import { scrollBy, withMenu } from "../src/islands/scroll.ts";

const sight = { top: 1000, height: 400, covered: 100 };

it("stays where the cursor is seen, and scrolls as little as does where it is not", () => {
  expect(scrollBy(1200, sight)).toBe(0);
  expect(scrollBy(1100, sight)).toBe(-30);
  expect(scrollBy(1380, sight)).toBe(124);
  // where there is hardly room between head and menu, right below the head
  expect(withMenu(1250, { bottom: null, height: 250 }, sight)).toBe(120);
});

it("brings in the whole menu that hangs at the cursor, but never scrolls the cursor away for it", () => {
  expect(withMenu(1300, null, sight)).toBe(0);
  expect(withMenu(1300, { bottom: 1380, height: 60 }, sight)).toBe(0);
  expect(withMenu(1300, { bottom: 1450, height: 130 }, sight)).toBe(58);
  expect(withMenu(1300, { bottom: 1900, height: 580 }, sight)).toBe(170);
});

it("keeps the cursor from under a menu that lies on the foot of what is seen", () => {
  expect(withMenu(1250, { bottom: null, height: 40 }, sight)).toBe(0);
  expect(withMenu(1250, { bottom: null, height: 100 }, sight)).toBe(94);
});
