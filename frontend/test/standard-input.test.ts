import { expect, it } from "vitest";
import { inputArgument, quotedInput } from "../src/islands/standard-input.ts";

it("is one line between quotation marks, whatever is in it", () => {
  expect(quotedInput("first\nsecond\n")).toBe('"first\\nsecond\\n"');
  expect(quotedInput('say "hi"\t\\')).toBe('"say \\"hi\\"\\t\\\\"');
  expect(quotedInput("grüß\0")).toBe('"gr\\xc3\\xbc\\xc3\\x9f\\x00"');
});

it("keeps blanks that a line would not tell from one", () => {
  expect(quotedInput("a b")).toBe('"a b"');
  expect(quotedInput(" a  b ")).toBe('"\\x20a\\x20\\x20b\\x20"');
});

it("is not there where there is nothing to read", () => {
  expect(inputArgument("")).toBe("");
  expect(inputArgument("x")).toBe(' < "x"');
});
