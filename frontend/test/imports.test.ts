import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, it } from "vitest";

/** Which folders each folder may import from, itself aside: docs/architecture.md. Types of the API are data. */
const MAY_USE: Readonly<Record<string, readonly string[]>> = {
  base: [],
  trace: ["base"],
  api: ["base", "trace"],
  compile: ["base"],
  views: ["base", "trace", "api"],
  islands: ["base", "trace", "api", "compile", "views"],
};

const files = readdirSync("src", { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));

function imports(file: string): { readonly path: string; readonly typeOnly: boolean }[] {
  const text = readFileSync(join("src", file), "utf8");
  return [...text.matchAll(/^import (type )?(?:[^"']*? from )?"(\.[^"]+)";/gms)].map(([, type, path = ""]) => ({
    path: normalize(join(dirname(file), path)),
    typeOnly: type !== undefined,
  }));
}

it.each(Object.entries(MAY_USE))("%s imports only from what it may", (folder, allowed) => {
  const others = files
    .filter((file) => dirname(file) === folder)
    .flatMap((file) => imports(file).map(({ path }) => ({ file, folder: dirname(path) })));
  expect(others.filter((other) => other.folder !== folder && !allowed.includes(other.folder))).toEqual([]);
});

it("lets views know the API's types only, and make no requests", () => {
  const used = files.filter((file) => dirname(file) === "views").flatMap(imports);
  expect(used.filter(({ path, typeOnly }) => dirname(path) === "api" && !typeOnly)).toEqual([]);
});

it("never makes markup of data", () => {
  const found = files.filter((file) =>
    /innerHTML|outerHTML|insertAdjacentHTML|unsafeHTML/.test(readFileSync(join("src", file), "utf8")),
  );
  expect(found).toEqual([]);
});

it("keeps files short", () => {
  const long = files.filter((file) => readFileSync(join("src", file), "utf8").split("\n").length > 301);
  expect(long).toEqual([]);
});
