import { EditorState } from "@codemirror/state";
import { expect, it } from "vitest";
import { keepsRegions, readOnlyRegions } from "../src/islands/editor-regions.ts";
import { ProgramFiles } from "../src/islands/program-files.ts";

const TEXT = [
  "int answer(void)",
  "{",
  "    return 0;",
  "}",
  "",
  "/* read-only: begin */",
  "int main(void)",
  "{",
  "    return answer();",
  "}",
  "/* read-only: end */",
  "/* yours */",
].join("\n");

const begun = () => EditorState.create({ doc: TEXT, extensions: keepsRegions });

function typed(find: string, insert: string, remove = 0): string {
  const state = begun();
  const from = TEXT.indexOf(find);
  return state.update({ changes: { from, to: from + remove, insert } }).state.doc.toString();
}

it("finds the regions by their comments", () => {
  expect(readOnlyRegions(begun().doc)).toEqual([{ first: 6, last: 11 }]);
  expect(readOnlyRegions(EditorState.create({ doc: "/* read-only: begin */\nint x;" }).doc)).toEqual([]);
});

it("lets what is outside be changed, before and behind", () => {
  expect(typed("0;", "42;", 2)).toBe(TEXT.replace("0;", "42;"));
  expect(typed("yours", "mine", 5)).toBe(TEXT.replace("yours", "mine"));
});

it("keeps what is within, and the lines around it", () => {
  expect(typed("answer();", "1;", 9)).toBe(TEXT);
  expect(typed("/* read-only: begin", "x")).toBe(TEXT);
  expect(typed("\n/* read-only: begin", "", 1)).toBe(TEXT);
  expect(typed("\n/* yours", "", 1)).toBe(TEXT);
});

it("takes of a change that reaches into it what is outside", () => {
  const state = begun().update({ changes: { from: 0, to: TEXT.length, insert: "" } }).state;
  expect(state.doc.toString()).toContain("return answer();");
  expect(state.doc.toString()).not.toContain("return 0;");
});

it("begins with the files of the lab, keeps them, and starts over with them", () => {
  const given = { server: [{ name: "records.c", text: TEXT }] };
  const files = new ProgramFiles(null, "lab", given);
  expect(files.names("server")).toEqual(["records.c"]);
  expect(files.names("client")).toEqual(["client.c"]);
  files.write("server", "records.c", "int x;");
  expect(files.remove("server", "records.c")).toBe("records.c is the lab's: it stays.");
  expect(files.rename("server", "records.c", "other.c")).toBe("records.c is the lab's: it stays.");
  files.startOver("server");
  expect(files.text("server", "records.c")).toBe(TEXT);
});
