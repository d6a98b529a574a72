import { render } from "lit";
import { expect, it } from "vitest";
import type { CheckResult, Predictions } from "../src/api/frames.ts";
import { Moments } from "../src/islands/moments.ts";
import { actualOf, momentVerdict, momentView, momentWords } from "../src/views/moment.ts";

const NEXT = {
  id: "next",
  name: "What will the server send?",
  halts: true,
  choices: [
    { id: "AGAIN", name: "its SYN-ACK again" },
    { id: "RESET", name: "a RST" },
  ],
};
const RULE = { id: "R", source: "listen(2)", sentence: "It waits.", misunderstanding: "It is not gone." };
const wrong: CheckResult = {
  id: "next",
  name: "",
  status: "FAIL",
  output: "expected ‘a RST’, as you said; actual: it was ‘its SYN-ACK again’",
  evidence: [57],
  rule: "R",
  open: false,
};

/** A bench of which it is seen what it puts in, and which says what it is told to. */
function bench(predictions: Predictions) {
  const put: { line: string; answered: ((lastSeq: number | null) => void) | undefined }[] = [];
  return {
    boot: { predictions: [NEXT] },
    predictions,
    checks: [] as readonly CheckResult[],
    rules: new Map([["R", RULE]]),
    typing: true,
    put,
    at: 0,
    focused: "",
    control(line: string, answered?: (lastSeq: number | null) => void) {
      put.push({ line, answered });
    },
    seek(seq: number) {
      this.at = seq;
    },
    changed() {},
    focus(what: string) {
      this.focused = what;
    },
  };
}

const ASKED: Predictions = { open: false, said: {}, asked: { id: "next", event: 40, skip: true } };
const SAID: Predictions = { open: false, said: { next: "RESET" }, asked: null };

function drawn(moments: Moments): HTMLElement {
  const root = document.createElement("div");
  render(momentView(moments.model, moments), root);
  return root;
}

it("asks where the run has halted, and one click answers", () => {
  const asked = bench(ASKED);
  const moments = new Moments(asked);
  const page = drawn(moments);
  expect(page.querySelector("[role=status]")?.textContent).toBe("What happens next? What will the server send?");
  expect([...page.querySelectorAll("[data-choice]")].map((choice) => choice.textContent)).toEqual([
    "its SYN-ACK again",
    "a RST",
  ]);
  page.querySelector<HTMLElement>("[data-choice=RESET]")?.click();
  expect(asked.put.map(({ line }) => line)).toEqual(["predict next RESET"]);
  asked.put[0]?.answered?.(41);
  expect(asked.put.map(({ line }) => line)).toEqual(["predict next RESET", "reveal next"]);
});

it("lets nothing go on at the end before there is an answer, but what is behind can be looked at", () => {
  const asked = bench(ASKED);
  const moments = new Moments(asked);
  expect(moments.holdsUp("run", true)).toBe(true);
  expect(asked.focused).toBe("moment");
  expect(moments.holdsUp("prev", true)).toBe(false);
  expect(moments.holdsUp("next", false)).toBe(false);
  asked.predictions = SAID;
  expect(moments.holdsUp("run", true)).toBe(false);
});

it("shows what was right with its rule, and goes to the event once", () => {
  const asked = bench(ASKED);
  const moments = new Moments(asked);
  moments.predict("next", "RESET");
  asked.put[0]?.answered?.(41);
  asked.predictions = SAID;
  moments.judged();
  expect(drawn(moments).querySelector("[data-verdict=open]")?.textContent).toContain("not decided yet");
  expect(asked.at).toBe(0);

  asked.checks = [wrong];
  moments.judged();
  expect(asked.at).toBe(57);
  const page = drawn(moments);
  expect(page.querySelector("[data-verdict=wrong] h2")?.textContent).toContain(
    "Not so. You said ‘a RST’; it was ‘its SYN-ACK again’.",
  );
  expect(page.textContent).toContain("It waits. It is not gone.");
  expect(momentWords(moments.model)).toMatch(/^Not so\. .* It waits\.$/);
  asked.at = 3;
  moments.judged();
  expect(asked.at).toBe(3);
  moments.goesOn();
  expect(drawn(moments).querySelector(".moment")).toBeNull();
});

it("does not tell of an answer that was refused", () => {
  const asked = bench(ASKED);
  const moments = new Moments(asked);
  moments.predict("next", "RESET");
  asked.put[0]?.answered?.(null);
  expect(asked.put).toHaveLength(1);
  expect(moments.asking).toBe(true);
});

it("offers to go on without an answer only where that costs nothing", () => {
  const free = bench(ASKED);
  const moments = new Moments(free);
  drawn(moments).querySelector<HTMLElement>("[data-act=skip]")?.click();
  expect(free.put.map(({ line }) => line)).toEqual(["skip next"]);
  free.predictions = { ...ASKED, asked: { id: "next", event: 40, skip: false } };
  expect(drawn(moments).querySelector("[data-act=skip]")).toBeNull();
});

it("shows who looks on what is asked, and no way to answer", () => {
  const looksOn = bench(ASKED);
  looksOn.typing = false;
  const page = drawn(new Moments(looksOn));
  expect(page.textContent).toContain("The run waits for an answer.");
  expect(page.querySelector("button")).toBeNull();
});

it("takes what is not decided for open", () => {
  expect(momentVerdict(undefined)).toBe("open");
  expect(momentVerdict({ ...wrong, open: true })).toBe("open");
  expect(momentVerdict({ ...wrong, status: "NOT_EXERCISED" })).toBe("open");
  expect(momentVerdict(wrong)).toBe("wrong");
  expect(momentVerdict({ ...wrong, status: "PASS" })).toBe("right");
  expect(actualOf("it was 5")).toBe("it was 5");
  expect(actualOf(wrong.output)).toBe("it was ‘its SYN-ACK again’");
});
