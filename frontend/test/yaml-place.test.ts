import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { scanYaml } from "../src/views/yaml-place.ts";
import { keysAt, textsAt } from "../src/views/yaml-tree.ts";

/** What is written at the mark ¦. */
function at(marked: string) {
  const caret = marked.indexOf("¦");
  const { place } = scanYaml(marked.replace("¦", ""), caret);
  if (!place) return null;
  const kind = place.key ? (place.value ? "either" : "key") : "value";
  return `${place.path.join(".")} ${kind} ${place.quote}${place.text}`.trim();
}

it.each([
  ["id: x\nlev¦", "key lev"],
  ["stack:\n  prof¦", "stack either prof"],
  ["stack:\n  profile: li¦", "stack.profile value li"],
  ["stack:\n  profile: ¦\nid: x", "stack.profile value"],
  ["stack:\n  profile: linux\n  ¦", "stack key"],
  ["stack:\n  ¦\n  profile: linux", "stack either"],
  ["stack:\n  profile: linux\n¦", "key"],
  ["checks:\n  - id: a\n    lay¦", "checks.0 key lay"],
  ["checks:\n  - id: a\n  - ¦", "checks.1 either"],
  ["checks:\n- id: a\n  ti¦", "checks.0 key ti"],
  ["checks:\n- id: a\n- id: b\n  pay: ¦\nscoring:", "checks.1.pay value"],
  ["checks:\n  - id: a\n    assert:\n      all:\n        - ex¦", "checks.0.assert.all.0 either ex"],
  ["a: {b: 1, c¦}", "a key c"],
  ["a: {¦}", "a key"],
  ["a: {b: ¦}", "a.b value"],
  ["a: {b: [x, y¦]}", "a.b.1 value y"],
  ["a: [x, ¦]", "a.1 value"],
  ["a: [\n  x,\n  ¦\n]", "a.1 value"],
  ["a: [{b: 1}, {¦}]", "a.1 key"],
  ['a: {exists: "client > ¦"}', 'a.exists value "client >'],
  ['a:\n  - "server: li¦"\n  - x', 'a.0 value "server: li'],
  ["a: 'it ¦'", "a value 'it"],
  ["peers: |\n  client: so¦\nid: x", "peers value |client: so"],
  ["peers: |\n  client: x\n¦id: x", "key"],
  ["a: 1 # rem¦ark", null],
  ["# rem¦ark", null],
])("finds what is written in %j", (text, expected) => {
  expect(at(text)).toBe(expected);
});

it("goes on behind braces that are never closed", () => {
  expect(at("stack: {profile: linux\nstu¦")).not.toBeNull();
  const { root } = scanYaml("stack: {profile: linux\nstudent:\n  modes: [bench]\n", 0);
  expect(keysAt(root, ["student"])).toEqual(["modes"]);
});

it("knows the keys behind the caret, too", () => {
  const text = "student:\n  \n  modes: [bench]\n  hosts: [a]\n";
  const { root } = scanYaml(text, 11);
  expect(keysAt(root, ["student"])).toEqual(["modes", "hosts"]);
});

it("reads the labs as they are", () => {
  const labs = readdirSync("../labs").filter((name) => /^[a-z0-9]+-/.test(name));
  expect(labs.length).toBeGreaterThan(20);
  for (const lab of labs) {
    const text = readFileSync(`../labs/${lab}/lab.yaml`, "utf8");
    const { root } = scanYaml(text, 0);
    expect(textsAt(root, ["id"]), lab).toEqual([lab]);
    const checks = textsAt(root, ["checks", null, "id"]);
    expect(checks.length, lab).toBe(
      [...text.matchAll(/^ {2}- id: /gm)].length -
        textsAt(root, ["mistakes", null, "id"]).length -
        textsAt(root, ["predictions", null, "id"]).length,
    );
    expect(keysAt(root, ["scoring"]), lab).toContain("total");
  }
});

it("never fails, wherever a file is cut off", () => {
  const text = readFileSync("../labs/c3-backlog/lab.yaml", "utf8");
  for (let end = 0; end < text.length; end += 37) scanYaml(text.slice(0, end), end);
});
