import { expect, it } from "vitest";
import { connections } from "../src/trace/both-ends.ts";
import type { Move } from "../src/trace/state.ts";
import { Timeline } from "../src/trace/timeline.ts";
import { BOX, stateDiagram } from "../src/views/states-layout.ts";
import { exchange } from "./fixtures/exchange.ts";

function path(...states: string[]): Move[] {
  return states.slice(1).map((to, i) => ({ from: states[i] ?? "", to, seq: i + 1 }));
}

function litIn(state: string, ...states: string[]): string[] {
  return stateDiagram(state, path(...states))
    .boxes.filter(({ lit }) => lit)
    .map(({ id }) => id);
}

it("numbers the way that who opens and closes first takes through figure 5", () => {
  const states = ["CLOSED", "SYN_SENT", "ESTABLISHED", "FIN_WAIT_1", "FIN_WAIT_2", "TIME_WAIT", "CLOSED"];
  const { edges } = stateDiagram("CLOSED", path(...states));
  const taken = edges.filter(({ steps }) => steps.length > 0).sort((a, b) => (a.steps[0] ?? 0) - (b.steps[0] ?? 0));
  expect(taken.map(({ from, to, steps, extra }) => [from, to, ...steps, extra])).toEqual([
    ["CLOSED", "SYN_SENT", 1, false],
    ["SYN_SENT", "ESTABLISHED", 2, false],
    ["ESTABLISHED", "FIN_WAIT_1", 3, false],
    ["FIN_WAIT_1", "FIN_WAIT_2", 4, false],
    ["FIN_WAIT_2", "TIME_WAIT", 5, false],
    ["TIME_WAIT", "CLOSED_AGAIN", 6, false],
  ]);
});

it("lights one of the two boxes named CLOSED", () => {
  expect(litIn("CLOSED", "CLOSED")).toEqual(["CLOSED"]);
  expect(litIn("CLOSED", "CLOSED", "SYN_SENT", "CLOSED")).toEqual(["CLOSED"]);
  expect(litIn("CLOSED", "SYN_RECEIVED", "ESTABLISHED", "CLOSED")).toEqual(["CLOSED_AGAIN"]);
  expect(litIn("LISTEN", "CLOSED", "LISTEN")).toEqual(["LISTEN"]);
});

it("draws a reset, which the figure does not have, as something else", () => {
  const { edges } = stateDiagram("CLOSED", path("SYN_RECEIVED", "ESTABLISHED", "CLOSED"));
  const reset = edges.find(({ from, to }) => from === "ESTABLISHED" && to === "CLOSED_AGAIN");
  expect(reset).toMatchObject({ extra: true, steps: [2] });
});

it("tells a socket that connects again from one that does so for the first time", () => {
  const { edges } = stateDiagram("SYN_SENT", path("CLOSED", "SYN_SENT", "CLOSED", "SYN_SENT"));
  expect(edges.find(({ from, to }) => from === "CLOSED" && to === "SYN_SENT")?.steps).toEqual([1, 3]);
});

it("keeps boxes apart and within the picture, and begins and ends every edge at one", () => {
  const { boxes, edges, width, height } = stateDiagram("CLOSED", []);
  for (const box of boxes) {
    expect(box.x - BOX.width / 2).toBeGreaterThanOrEqual(0);
    expect(box.x + BOX.width / 2).toBeLessThanOrEqual(width);
    expect(box.y + BOX.height / 2).toBeLessThanOrEqual(height);
    const near = boxes.filter((o) => Math.abs(o.x - box.x) < BOX.width && Math.abs(o.y - box.y) < BOX.height);
    expect(near).toEqual([box]);
  }
  const borders = (id: string, at: { x: number; y: number } | undefined) => {
    const box = boxes.find((one) => one.id === id);
    if (!box || !at) return false;
    const [dx, dy] = [Math.abs(at.x - box.x) - BOX.width / 2, Math.abs(at.y - box.y) - BOX.height / 2];
    return Math.max(dx, dy) === 0;
  };
  expect(edges.filter(({ from, to, via }) => !borders(from, via[0]) || !borders(to, via.at(-1)))).toEqual([]);
});

it("joins the two ends of a connection, who opened first, and leaves the listener alone", () => {
  const line = new Timeline();
  line.append(exchange());
  const ends = connections(line.latest).map((one) => one.ends.map(({ host, socket }) => `${host} ${socket.number}`));
  expect(ends).toContainEqual(["client 1", "server 2"]);
  expect(ends).toContainEqual(["server 1"]);
  expect(ends).toHaveLength(2);
});
