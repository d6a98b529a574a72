import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Compiled } from "../src/compile/compiler.ts";
import { ProgramBuild } from "../src/islands/program-build.ts";

const built: string[] = [];
const compiler = {
  build: async (files: Readonly<Record<string, string>>): Promise<Compiled> => {
    const text = files["server.c"] ?? "";
    built.push(text);
    if (text === "crash") throw new Error("out of memory");
    return { wasm: text === "wrong" ? null : Uint8Array.of(built.length), messages: [] };
  },
};

beforeEach(() => {
  built.length = 0;
  vi.useFakeTimers();
  vi.stubGlobal("fetch", async () => Response.json({ name: "server@1" }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const run = (build: ProgramBuild, text: string) => build.run("server", { "server.c": text }, "");

it("has compiled what was typed when it is run, and compiles nothing twice", async () => {
  const build = new ProgramBuild(() => {}, compiler);
  expect(await run(build, "first")).toBe("server@1");
  build.typed(() => ({ "server.c": "seco" }));
  build.typed(() => ({ "server.c": "second" }));
  await vi.runAllTimersAsync();
  expect(built).toEqual(["first", "second"]);
  expect(await run(build, "second")).toBe("server@1");
  expect(await run(build, "second")).toBe("server@1");
  expect(built).toEqual(["first", "second"]);
});

it("compiles what stands there, whatever was compiled before", async () => {
  const build = new ProgramBuild(() => {}, compiler);
  await run(build, "first");
  await run(build, "second");
  await run(build, "first");
  expect(built).toEqual(["first", "second", "first"]);
});

it("tries again what the compiler failed at", async () => {
  const build = new ProgramBuild(() => {}, compiler);
  expect(await run(build, "crash")).toBeNull();
  expect(build.problem).toBe("out of memory");
  expect(await run(build, "crash")).toBeNull();
  expect(built).toEqual(["crash", "crash"]);
});
