import { expect, it } from "vitest";
import { Compiler, type WorkerLike } from "../src/compile/compiler.ts";
import type { Answer, Asked, Progress, Sysroot } from "../src/compile/protocol.ts";

const SYSROOT: Sysroot = { compile: ["-O1"], link: [], files: {} };

/** A worker whose answers the test gives. */
class Hand implements WorkerLike {
  readonly asked: Asked[] = [];
  #listen: (event: { readonly data: Answer | Progress }) => void = () => {};

  postMessage(message: Asked): void {
    this.asked.push(message);
  }

  addEventListener(_: "message", listen: (event: { readonly data: Answer | Progress }) => void): void {
    this.#listen = listen;
  }

  say(data: Answer | Progress): void {
    this.#listen({ data });
  }
}

async function asking(hand: Hand, count: number): Promise<void> {
  while (hand.asked.length < count) await Promise.resolve();
}

it("gives each who asks their own answer, in whatever order they come", async () => {
  const hand = new Hand();
  const compiler = new Compiler(
    () => hand,
    async () => SYSROOT,
  );
  const first = compiler.build({ "a.c": "1" }, () => {});
  const second = compiler.build({ "b.c": "2" }, () => {});
  await asking(hand, 2);
  const [a, b] = hand.asked;
  hand.say({ id: b?.id ?? 0, wasm: null, messages: [] });
  hand.say({ id: a?.id ?? 0, failure: "out of memory" });
  expect(await second).toMatchObject({ wasm: null });
  await expect(first).rejects.toThrow("out of memory");
});

it("tells how much of the compiler has come, and gives what was linked", async () => {
  const hand = new Hand();
  const compiler = new Compiler(
    () => hand,
    async () => SYSROOT,
  );
  const parts: number[] = [];
  const built = compiler.build({ "a.c": "" }, (part) => parts.push(part));
  await asking(hand, 1);
  const id = hand.asked[0]?.id ?? 0;
  hand.say({ id, done: 0.5 });
  hand.say({ id, wasm: Uint8Array.of(0), messages: [] });
  expect((await built).wasm).toHaveLength(1);
  expect(parts).toEqual([0.5]);
});

it("asks for the headers again when they did not come", async () => {
  const hand = new Hand();
  let tries = 0;
  const compiler = new Compiler(
    () => hand,
    async () => {
      tries++;
      if (tries === 1) throw new Error("no network");
      return SYSROOT;
    },
  );
  await expect(compiler.build({}, () => {})).rejects.toThrow("no network");
  const again = compiler.build({}, () => {});
  await asking(hand, 1);
  hand.say({ id: hand.asked[0]?.id ?? 0, wasm: null, messages: [] });
  expect(await again).toMatchObject({ messages: [] });
});
