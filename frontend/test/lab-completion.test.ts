import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { LabLanguage } from "../src/api/lab-language.ts";
import type { CallInfo } from "../src/api/rest.ts";
import { labMeaning, labWords, namesIn, statementWords } from "../src/views/lab-completion.ts";
import { scriptWords } from "../src/views/lab-words.ts";
import { scanYaml } from "../src/views/yaml-place.ts";

function call(name: string, forms: string[], constants: Record<string, string[]>, errno: string): CallInfo {
  return {
    name,
    signature: `int ${name}(int fd)`,
    summary: `what ${name} does`,
    forms,
    example: "",
    parameters: Object.entries(constants).map(([p, values]) => ({ name: p, meaning: p, constants: values })),
    returns: "0",
    errors: [{ errno, text: `it is ${errno}`, cause: "a cause", tryThis: "" }],
    manPage: `${name}(2)`,
  };
}

const language: LabLanguage = {
  schema: JSON.parse(readFileSync("../docs/lab.schema.json", "utf8")) as object,
  vocabulary: {
    functions: [{ name: "count(PATTERN)", meaning: "how often" }],
    host: [
      { name: "listen[PORT]", meaning: "a listener" },
      { name: "cost", meaning: "what calls cost" },
    ],
    connection: [
      { name: "state", meaning: "the state" },
      { name: "snd.una", meaning: "not acknowledged" },
    ],
    listener: [{ name: "acceptq", meaning: "complete connections" }],
    datagram: [{ name: "rcvbuf.used", meaning: "octets" }],
    costs: [{ name: "calls", meaning: "how many" }],
    events: [{ name: "SegmentSent", fields: [{ name: "flags", meaning: "text" }] }],
    reasons: [{ name: "acceptq_full", meaning: "no room" }],
    timers: ["rto"],
    states: ["LISTEN", "ESTABLISHED"],
  },
  calls: [
    call("listen", ["listen(fd, backlog)"], {}, "EADDRINUSE"),
    call("socket", ["socket(domain, type)"], { domain: ["AF_INET"], type: ["SOCK_STREAM"] }, "EMFILE"),
  ],
  rules: [{ id: "RFC9293.SYN", source: "RFC 9293", sentence: "A SYN asks for a connection." }],
};

const LAB = `topology:
  hosts:
    client: {}
    server: {}
params:
  port: {int: [1, 2]}
checks:
  - id: listening
    ASSERT
predictions:
  - id: waiting
    VALUE
mistakes:
  - id: wrong
    MISTAKE
`;
const FILES = ["lab.yaml", "mutants/early.pkt", "starter/server.pkt"];

/** What is offered at the mark ¦ and what of the text it takes the place of. */
function at(marked: string) {
  const caret = marked.indexOf("¦");
  const text = marked.replace("¦", "");
  const { from, words } = labWords(text, caret, language, FILES);
  return { texts: words.map((word) => word.text), written: text.slice(from, caret), words };
}

const inLab = (place: "ASSERT" | "VALUE" | "MISTAKE", line: string) => at(LAB.replace(place, line));

it("offers the keys that a lab can still have, with what they mean", () => {
  const { texts, written, words } = at("id: x\ntitle: y\nst¦");
  expect(written).toBe("st");
  expect(texts).toContain("stack: ");
  expect(texts).not.toContain("title: ");
  expect(words.find(({ text }) => text === "stack: ")).toMatchObject({
    detail: "needed",
    info: "Whose kernel the hosts have.",
  });
});

it("offers the keys of what the caret is in, also in braces", () => {
  expect(at("stack:\n  profile: linux\n  ¦").texts).toEqual(["sysctl: ", "limits: "]);
  expect(at("topology: {links: [{a: x, ra¦}]}").texts).toContain("rate: ");
  expect(inLab("ASSERT", "vis¦").texts).toContain("visibility: ");
  expect(at("nonsense:\n  ¦").texts).toEqual([]);
});

it("does not write a second colon", () => {
  expect(at("stack:\n  prof¦ile: linux").texts).toContain("profile");
});

it("offers the words that a value can be", () => {
  expect(at("stack:\n  profile: ¦").texts).toEqual(["linux", "bsd", "textbook"]);
  expect(at("student:\n  modes: [bench, ¦]").texts).toEqual(["bench", "script", "c"]);
  expect(at("student:\n  modes:\n    - ¦").texts).toEqual(["bench", "script", "c"]);
  const rule = inLab("ASSERT", "rule: RFC¦").words.find(({ text }) => text === "RFC9293.SYN");
  expect(rule?.info).toBe("A SYN asks for a connection.");
});

it("offers one key of an assertion, and its only partner", () => {
  expect(inLab("ASSERT", "assert: {¦}").texts).toContain("exists: ");
  expect(inLab("ASSERT", 'assert: {exists: "client > S", ¦}').texts).toEqual([]);
  expect(inLab("ASSERT", 'assert: {always: "1", ¦}').texts).toEqual(["reaches: "]);
});

it("offers what the lab has named, where it belongs", () => {
  expect(inLab("MISTAKE", "fails: [¦]").texts).toEqual(["listening", "waiting"]);
  expect(inLab("MISTAKE", "mutant: ¦").texts).toEqual(["mutants/early.pkt"]);
  expect(inLab("ASSERT", 'title: {en: "on {{¦}}"}').texts).toEqual(["port"]);
  expect(inLab("VALUE", 'value: "predict.¦"').texts).toEqual(["waiting"]);
});

it.each([
  ["¦", "server: "],
  ["server: li¦", "listen("],
  ["server: socket|li¦", "listen("],
  ["server: socket(AF_INET, ¦", "SOCK_STREAM"],
  ["server: listen(¦", "...)"],
  ["server: listen(*, 3) = -1 ¦", "EADDRINUSE"],
  ["server: listen(*, 3) ¦", "blocks"],
  ["server > ¦", "S."],
  ["server.tcp: ¦", "LISTEN"],
  ["server.tcp: LISTEN -> ¦", "ESTABLISHED"],
  ["server drop reason=¦", "acceptq_full"],
  ["server timer ¦", "rto"],
  ["server timer rto ¦", "fires"],
  ["server ¦", "SegmentSent"],
  ["server SegmentSent ¦", "flags="],
  ["server SegmentSent rule=RFC¦", "RFC9293.SYN"],
  ["client > S | server: li¦", "listen("],
])("offers in the pattern %j", (pattern, expected) => {
  const { texts } = inLab("ASSERT", `assert: {exists: "${pattern}"}`);
  expect(texts).toContain(expected);
});

it.each([
  ["¦", "server."],
  ["¦", "count("],
  ["server.¦", "listen["],
  ["server.snd.¦", "snd.una"],
  ["server.listen[{{port}}].¦", "acceptq"],
  ["server.udp[53].rcv¦", "rcvbuf.used"],
  ["server.conn[1].¦", "state"],
  ["server.cost.¦", "calls"],
  ["server.task[2].cost.¦", "calls"],
  ["client.state == ¦", "ESTABLISHED"],
  ["1 < 2 && ser¦", "server."],
  ["count(server: li¦", "listen("],
  ["count(server: listen(*, 3)) >= cou¦", "count("],
  ["since(client.snd.una, server: li¦", "listen("],
  ["since(client.sn¦", "snd.una"],
])("offers in the condition %j", (condition, expected) => {
  const { texts, written } = inLab("VALUE", `value: "${condition}"`);
  expect(texts).toContain(expected);
  expect(condition.replace("¦", "").endsWith(written)).toBe(true);
});

it("knows scripts and statements by the lab they belong to", () => {
  const names = namesIn(scanYaml(LAB, 0).root, FILES);
  expect(scriptWords("ser", language, names).words.map(({ text }) => text)).toContain("server: ");
  expect(scriptWords("server: lis", language, names)).toMatchObject({ from: 8, words: [{ text: "listen(" }] });
  expect(statementWords("1. [task](listening,wa", names)).toMatchObject({ from: 20 });
  expect(statementWords("port {{po", names).words).toMatchObject([{ text: "port" }]);
  expect(statementWords("so", names).words).toEqual([]);
});

it.each([
  ["stack:\n  pro¦file: linux", "Whose kernel it is."],
  ["checks:\n  - rule: RFC9293.S¦YN", "A SYN asks for a connection.\nRFC 9293"],
  ['checks:\n  - requires: "server.listen[1].acc¦eptq > 2"', "complete connections"],
  ['checks:\n  - requires: "client.snd.u¦na > 2"', "not acknowledged"],
  ['checks:\n  - requires: "cou¦nt(client > S) > 2"', "how often"],
  ["id: ¦nothing", undefined],
])("tells what stands at the mark in %j", (marked, meaning) => {
  const found = labMeaning(marked.replace("¦", ""), marked.indexOf("¦"), language);
  expect(found?.meaning).toBe(meaning);
});
