import { afterEach, expect, it, vi } from "vitest";
import type { Question } from "../src/api/frames.ts";
import type { BenchBoot } from "../src/islands/bench-boot.ts";
import { Questions } from "../src/islands/questions.ts";

const boot: BenchBoot = {
  run: "r1",
  lab: { id: "c1", title: "C1", revision: 1 },
  hosts: [],
  socket: "",
  submit: "",
  tests: [],
  course: { name: "Networks", path: "/courses/k/assignments/a", worth: "" },
  csrf: { name: "_csrf", value: "t" },
};
const asked: Question = { id: "q1", event: 7, text: "Why?", answer: null, unseen: false };
const answered: Question = { ...asked, answer: "So.", unseen: true };

afterEach(() => vi.unstubAllGlobals());

it("marks the events that something is asked about, by what has become of it", () => {
  const questions = new Questions(() => boot);
  expect(questions.marks.size).toBe(0);
  questions.told([asked, { ...asked, id: "q2", event: 0 }]);
  expect([...questions.marks]).toEqual([[7, "asked"]]);
  questions.told([answered, { ...asked, id: "q3" }]);
  expect([...questions.marks]).toEqual([[7, "unseen"]]);
});

it("says that an answer has come, but not of those that were there before", () => {
  const questions = new Questions(() => boot);
  questions.told([answered]);
  expect(questions.said).toBe("");
  questions.told([answered, { ...asked, id: "q2", event: 9 }]);
  questions.told([answered, { ...answered, id: "q2", event: 9 }]);
  expect(questions.said).toBe("Your question about event 9 has been answered: So.");
});

it("tells the server once that an answer was shown", () => {
  const told = vi.fn(async (path: string) => new Response(path));
  vi.stubGlobal("fetch", told);
  const questions = new Questions(() => boot);
  questions.told([answered]);
  expect(questions.about(6).asked).toEqual([]);
  expect(told).not.toHaveBeenCalled();
  expect(questions.about(7)).toMatchObject({ asked: [answered], ask: "/runs/r1/questions?event=7", answer: null });
  questions.about(7);
  expect(told.mock.calls.map(([path]) => path)).toEqual(["/runs/r1/questions/seen"]);
  expect([...questions.marks]).toEqual([[7, "answered"]]);
});

it("leads staff to where it is answered, and sees nothing in the student's place", () => {
  const told = vi.fn();
  vi.stubGlobal("fetch", told);
  const questions = new Questions(() => ({ ...boot, mine: false }));
  questions.told([answered]);
  expect(questions.about(7)).toMatchObject({ ask: null, answer: "/courses/k/questions" });
  expect(told).not.toHaveBeenCalled();
});

it("counts beside the page's link to them", () => {
  const statement = document.createElement("div");
  const line = document.createElement("p");
  line.className = "bench-course";
  const link = document.createElement("a");
  link.href = "/runs/r1/questions";
  statement.append(line);
  line.append(link);
  const questions = new Questions(() => boot);
  questions.told([answered, { ...asked, id: "q2" }]);
  questions.count(statement);
  expect(link.textContent).toBe("Questions (2, 1 new)");
});
