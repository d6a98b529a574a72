import { expect, it } from "vitest";
import type { Nanos } from "../src/base/time.ts";
import { seqOfFragment } from "../src/islands/bench-boot.ts";
import { TraceIndex } from "../src/trace/trace-index.ts";
import { bannerText } from "../src/views/banner.ts";
import { tasks } from "../src/views/checklist.ts";
import { consoleLog, inputLine, markIn } from "../src/views/console-log.ts";
import { exchange } from "./fixtures/exchange.ts";

function index(upTo = exchange().length): TraceIndex {
  const made = new TraceIndex();
  for (const event of exchange().slice(0, upTo)) made.add(event);
  return made;
}

it("tells each call once, with what came of it", () => {
  const texts = consoleLog("client", index(), [], []).map((entry) => (entry.kind === "call" ? entry.text : ""));
  expect(texts).toEqual([
    "socket(AF_INET, SOCK_STREAM, 0) = 3",
    "connect(3, server:8080) = 0",
    'send(3, "abc…", 200, 0) = 200',
  ]);
});

it("says what a call waits for while it waits", () => {
  const blocked = exchange().findIndex((event) => event.type === "CallBlocked");
  expect(consoleLog("client", index(blocked + 1), [], []).at(-1)).toMatchObject({
    outcome: "waiting",
    note: "waits for the connection to be established",
  });
});

it("shows a refusal where it happened", () => {
  const refusal = {
    kind: "refused",
    seq: 30,
    host: "client",
    line: "lisen()",
    title: "",
    detail: "",
    mark: 0,
  } as const;
  const kinds = consoleLog("client", index(), [refusal], []).map((entry) => entry.kind);
  expect(kinds).toEqual(["call", "call", "refused", "call"]);
  expect(consoleLog("server", index(), [refusal], []).some((entry) => entry.kind === "refused")).toBe(false);
});

it("shows what a shell command printed, on its own host", () => {
  const made = index();
  const last = exchange().at(-1);
  const at = last?.at ?? (0 as Nanos);
  made.add({
    type: "CommandRun",
    seq: (last?.seq ?? 0) + 1,
    at,
    host: "client",
    cause: 0,
    command: "ss -s",
    status: 0,
    output: "Total: 1",
  });
  expect(consoleLog("client", made, [], []).at(-1)).toMatchObject({ kind: "answer", line: "ss -s", text: "Total: 1" });
  expect(consoleLog("server", made, [], []).some((entry) => entry.kind === "answer")).toBe(false);
});

it("lets the output of a command that goes on grow where the command was typed", () => {
  const made = index();
  const last = exchange().at(-1);
  const stamp = { at: last?.at ?? (0 as Nanos), host: "client", cause: 0, job: 1 };
  const seq = last?.seq ?? 0;
  made.add({ type: "JobStarted", ...stamp, seq: seq + 1, command: "hping3 -S -c 1 server" });
  made.add({ type: "JobPrinted", ...stamp, seq: seq + 2, output: "HPING server\n" });
  made.add({ type: "JobPrinted", ...stamp, seq: seq + 3, output: "len=44\n" });
  made.add({ type: "JobEnded", ...stamp, seq: seq + 4, status: 0 });
  expect(consoleLog("client", made, [], []).at(-1)).toMatchObject({
    kind: "answer",
    seq: seq + 1,
    line: "hping3 -S -c 1 server",
    text: "HPING server\nlen=44",
  });
});

it("puts the host before a call, and leaves alone what names one or is no call", () => {
  expect(inputLine("client", " listen(3, 5) ")).toBe("client: listen(3, 5)");
  expect(inputLine("client", "client.2: accept(3)")).toBe("client.2: accept(3)");
  expect(inputLine("client", "connect(3, server:80)")).toBe("client: connect(3, server:80)");
  expect(inputLine("client", "run until 1.5s")).toBe("run until 1.5s");
  expect(inputLine("client", "interrupt")).toBe("interrupt client");
  expect(inputLine("client", "drop")).toBe("drop client");
  expect(inputLine("client", "drop server")).toBe("drop server");
  expect(inputLine("client", "delay 2s")).toBe("delay client 2s");
  expect(inputLine("client", "delay server 2s")).toBe("delay server 2s");
  expect(inputLine("client", "cost server")).toBe("cost server");
  expect(inputLine("client", "start")).toBe("start client");
  expect(inputLine("client", "predict waiting 3")).toBe("predict waiting 3");
});

it("marks the server's column in what was typed", () => {
  expect(markIn("client: lisen(3)", "lisen(3)", 9)).toBe(0);
  expect(markIn("step x", "step x", 6)).toBe(5);
  expect(markIn("client: a", "a", null)).toBeNull();
});

it("keeps the page's order of tasks and adds what it does not know", () => {
  const result = (id: string) => ({ id, name: id, status: "PASS" as const, output: "", evidence: [] });
  const known = [
    { id: "a", name: "first" },
    { id: "b", name: "second" },
  ];
  expect(tasks(known, [result("c"), result("b")]).map((t) => [t.id, t.status])).toEqual([
    ["a", "OPEN"],
    ["b", "PASS"],
    ["c", "PASS"],
  ]);
});

it("tells a task that only lacks something from one that is not so", () => {
  const failed = { id: "a", name: "a", status: "FAIL" as const, output: "", evidence: [] };
  expect(tasks([], [{ ...failed, open: true }, failed]).map((t) => t.status)).toEqual(["OPEN", "FAIL"]);
});

it("says how long a call took that had to wait", () => {
  const notes = consoleLog("client", index(), [], []).map((entry) => (entry.kind === "call" ? entry.note : ""));
  expect(notes[0]).toBe("");
  expect(notes[1]).toMatch(/^after [\d.]+ ms$/);
});

it("says in the banner what happens to lines while the connection is lost", () => {
  const connection = { phase: "lost" as const, attempt: 2, waiting: 1, reason: "" };
  expect(bannerText({ connection, viewer: false, mine: true, readOnly: "" })).toContain(
    "One line is kept and will be sent.",
  );
  const open = { ...connection, phase: "open" as const };
  expect(bannerText({ connection: open, viewer: false, mine: true, readOnly: "" })).toBe("");
  expect(bannerText({ connection: open, viewer: true, mine: true, readOnly: "" })).toContain("another tab");
});

it("reads an event from the address, and nothing else", () => {
  expect(seqOfFragment("#e=41")).toBe(41);
  expect(seqOfFragment("#main")).toBeNull();
  expect(seqOfFragment("#e=4x")).toBeNull();
});
