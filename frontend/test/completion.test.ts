import { expect, it } from "vitest";
import type { CallInfo } from "../src/api/rest.ts";
import { complete } from "../src/views/completion.ts";
import { NO_HISTORY, recall, remember } from "../src/views/history.ts";

function call(name: string, forms: string[], parameters: Record<string, string[]>): CallInfo {
  const about = { signature: `int ${name}()`, summary: `what ${name} does`, example: "", returns: "0", errors: [] };
  const known = Object.entries(parameters).map(([p, constants]) => ({ name: p, meaning: `the ${p}`, constants }));
  return { name, forms, parameters: known, manPage: `${name}(2)`, ...about };
}

const calls = [
  call("socket", ["socket(type)", "socket(domain, type)", "socket(domain, type, protocol)"], {
    domain: ["AF_INET"],
    type: ["SOCK_STREAM", "SOCK_DGRAM", "SOCK_NONBLOCK"],
    protocol: ["IPPROTO_TCP"],
  }),
  call("send", ["send(fd, buf)", "send(fd, buf, len, flags)"], { fd: [], buf: [], len: [], flags: ["MSG_DONTWAIT"] }),
  call("connect", ["connect(fd, addr)"], { fd: [], addr: [] }),
];
const there = { hosts: ["client", "server"], fds: [{ fd: 3, detail: "LISTEN" }] };

function at(line: string, caret = line.length) {
  const found = complete(line, caret, calls, there);
  return { ...found, texts: found.suggestions.map((s) => s.text) };
}

it("suggests calls for a word at the beginning, also behind a host", () => {
  expect(at("so").texts).toEqual(["socket("]);
  expect(at("server: se").texts).toEqual(["send("]);
  expect(at("").texts).toEqual([]);
});

it("suggests the constants of the argument that the caret is in", () => {
  expect(at("socket(AF_INET, SOCK_").texts).toEqual(["SOCK_STREAM", "SOCK_DGRAM", "SOCK_NONBLOCK"]);
  expect(at("socket(AF_INET, SOCK_STREAM|SOCK_N")).toMatchObject({ texts: ["SOCK_NONBLOCK"], from: 28 });
});

it("suggests descriptors and hosts that are there", () => {
  expect(at("connect(").texts).toEqual(["3"]);
  expect(at("connect(3, ser").texts).toEqual(["server:"]);
});

it("names the form and the parameter that fit what is written", () => {
  expect(at("send(3, ").help).toMatchObject({ form: "send(fd, buf)", argument: 1, parameter: { name: "buf" } });
  expect(at('send(3, "a, b", 2, ').help).toMatchObject({ argument: 3, parameter: { name: "flags" } });
  expect(at("send").help).toMatchObject({ argument: -1, call: { name: "send" } });
  expect(at("nonsense(1, ").help).toBeNull();
});

it("goes back through the lines and on to the one being written", () => {
  const two = remember(remember(remember(NO_HISTORY, "a"), "b"), "b");
  const b = recall(two, -1, "draft");
  const a = b && recall(b.history, -1, b.line);
  expect([b?.line, a?.line]).toEqual(["b", "a"]);
  expect(a && recall(a.history, -1, a.line)).toBeNull();
  const again = a && recall(a.history, 1, a.line);
  expect(again && recall(again.history, 1, again.line)?.line).toBe("draft");
});
