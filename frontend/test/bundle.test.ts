import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("has its styles in the entry", () => {
  expect(readFileSync("src/main.ts", "utf8")).toContain("styles/main.css");
});
