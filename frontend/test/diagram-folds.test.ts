import { expect, it } from "vitest";
import { Recording } from "../src/islands/recording.ts";
import { excerpt, foldText, itemOf, opened, rowCount, rowOf } from "../src/views/diagram-folds.ts";
import { layout } from "../src/views/diagram-layout.ts";
import { TraceWriter } from "./fixtures/writer.ts";

const CLIENT = "10.0.1.1:40000";
const SERVER = "10.0.1.2:8080";
const view = { width: 800, hosts: ["client", "server"], axis: "compressed" as const, zoom: 1, lanes: false };

/** `segments` go one by one and are acknowledged, 10 ms each; those of `lost` are not. */
function transfer(segments: number, lost: readonly number[] = []): Recording {
  const w = new TraceWriter();
  w.network(10, { client: "10.0.1.1", server: "10.0.1.2" });
  for (let i = 0; i < segments; i += 1) {
    const ms = 20 * i;
    const body = { flags: ".", socket: 1, src: CLIENT, dst: SERVER, relSeq: 1 + 100 * i, relAck: 1, length: 100 };
    const data = w.send(ms, "client", 0, body, { to: "server", delayMs: 10 });
    if (lost.includes(i)) {
      w.at(ms, "", data.seq, { type: "PacketDropped", packet: data.packet, where: "link", reason: "LINK_LOSS" });
      continue;
    }
    w.receive(ms + 10, "server", data.seq, data.packet, 2);
    const answer = { flags: ".", socket: 2, src: SERVER, dst: CLIENT, relSeq: 1, relAck: 101 + 100 * i };
    const ack = w.send(ms + 10, "server", 0, answer, { to: "client", delayMs: 10 });
    w.receive(ms + 20, "client", ack.seq, ack.packet, 1);
  }
  const recording = new Recording();
  recording.append(w.events);
  return recording;
}

const folds = (recording: Recording) => {
  recording.goTo(1);
  return recording.excerpt(new Set()).folds;
};

it("folds a transfer in which nothing else happens, but for its beginning and its end", () => {
  const recording = transfer(30);
  const [fold, ...more] = folds(recording);
  expect(more).toEqual([]);
  expect(fold).toEqual({ from: 4, to: 116, row: 4 });
  expect(foldText({ from: 0, to: 120, row: 0 }, recording.traffic)).toBe("30 segments, 3,000 octets · 30 ACKs");
});

it("does not fold a segment that was lost", () => {
  const recording = transfer(30, [15]);
  const drawn = layout(recording.items, recording.index, { from: 0, to: 118, folds: folds(recording) }, view);
  expect(drawn.arrows.filter((arrow) => arrow.end === "lost")).toHaveLength(1);
  expect(drawn.folds).toHaveLength(2);
});

it("leaves a short exchange as it is", () => {
  expect(folds(transfer(4))).toEqual([]);
});

it("opens what is around the cursor, and what is asked for", () => {
  const all = [{ from: 10, to: 100, row: 10 }];
  expect(opened(all, 50, new Set())).toEqual([
    { from: 10, to: 30, row: 10 },
    { from: 62, to: 100, row: 43 },
  ]);
  for (let cursor = 34; cursor < 58; cursor += 1) {
    expect(opened(all, cursor, new Set())).toEqual(opened(all, 50, new Set()));
  }
  expect(opened(all, 0, new Set([10]))).toEqual([]);
});

it("finds the row of each item and the item of each row", () => {
  const some = opened([{ from: 10, to: 100, row: 10 }], 50, new Set());
  expect(rowCount(120, some)).toBe(10 + 1 + 32 + 1 + 20);
  for (let row = 0; row < rowCount(120, some); row += 1) expect(rowOf(itemOf(row, some), some)).toBe(row);
  expect(rowOf(29, some)).toBe(10);
});

it("draws 200 rows of a long run, around the cursor, and says how many items it leaves out", () => {
  const shown = excerpt(1000, 500, []);
  expect(shown.to - shown.from).toBe(200);
  expect(shown.from).toBeLessThanOrEqual(500);
  expect(shown.to).toBeGreaterThan(500);
  expect(excerpt(1000, 510, [])).toEqual(shown);
  expect(excerpt(1000, 999, []).to).toBe(1000);
  expect(excerpt(1000, 0, []).from).toBe(0);
});

it("draws an arrow with one end in a fold up to the fold", () => {
  const recording = transfer(30);
  const some = [{ from: 5, to: 102, row: 5 }];
  const drawn = layout(recording.items, recording.index, { from: 0, to: 120, folds: some }, view);
  const y = drawn.folds[0]?.y;
  expect(drawn.arrows.some((arrow) => arrow.from.y === y || arrow.to.y === y)).toBe(true);
  expect(drawn.arrows.every((arrow) => arrow.to.y >= arrow.from.y)).toBe(true);
});
