import { expect, it } from "vitest";
import { filterTar, isNeeded } from "../scripts/clang-assets.mjs";

/** A tar file of these paths, each with its path as its content. */
function tar(...paths: string[]): Buffer {
  const blocks = paths.flatMap((path) => {
    const header = Buffer.alloc(512);
    header.write(path, 0, "latin1");
    header.write(path.length.toString(8).padStart(11, "0"), 124, "latin1");
    const body = Buffer.alloc(Math.ceil(path.length / 512) * 512);
    body.write(path);
    return [header, body];
  });
  return Buffer.concat([...blocks, Buffer.alloc(1024)]);
}

it("keeps of a compiler's files what C for WebAssembly needs", () => {
  const kept = [
    "include/wasm32-wasip1",
    "include/wasm32-wasip1/stdio.h",
    "include/stdarg.h",
    "lib/wasm32-wasip1/libc.a",
  ];
  const left = ["include/c++/v1/string", "include/avx512fintrin.h", "lib/wasm32-wasip1/libc++.a", "share/x"];
  expect(kept.filter(isNeeded)).toEqual(kept);
  expect(left.filter(isNeeded)).toEqual([]);
});

it("takes a tar file apart and puts what is kept together again", () => {
  expect(filterTar(tar("include/stdarg.h", "share/x", "include/stddef.h"), isNeeded)).toEqual(
    tar("include/stdarg.h", "include/stddef.h"),
  );
});
