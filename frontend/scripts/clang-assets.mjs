// The compiler that the Code preset runs in the browser: clang as WebAssembly, from npm, compressed once and put beside the
// bundle. A page fetches it only when somebody writes C. docs/decisions/0009.
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";

const PACKAGE = "node_modules/@yowasp/clang";
const MODULES = ["llvm.core.wasm", "llvm.core2.wasm", "llvm.core3.wasm", "llvm.core4.wasm"];
const BLOCK = 512;

/** Of clang's own headers those that C programs include; its others are of processors and languages that are not here. */
const HEADER = /^include\/(__?(std|float)\w*|std\w*|float|limits|inttypes|iso646|tgmath|varargs)\.h$/;

const LIBRARY = /^lib\/wasm32-[\w-]+\/(libc|libm|libclang_rt\.builtins)\.a$/;

/** What a C program needs to be compiled and linked: no C++, and no other processor's. */
export function isNeeded(path) {
  if (path.startsWith("include/wasm32-wasip1/")) return !path.includes("/c++/");
  const folder = /^(include|lib)(\/wasm32-[\w-]+)?\/?$/;
  return folder.test(path) || HEADER.test(path) || LIBRARY.test(path);
}

/** The entries of a tar file whose paths `keep` wants, as a tar file. */
export function filterTar(tar, keep) {
  const kept = [];
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const text = (from, to) => tar.toString("latin1", at + from, at + to).replace(/\0.*$/s, "");
    const size = Number.parseInt(text(124, 136), 8) || 0;
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    const prefix = text(345, 500);
    if (keep(prefix ? `${prefix}/${text(0, 100)}` : text(0, 100))) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}

/** Of the package, which names the folder that a page loads it from. */
export function clangVersion() {
  return JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).version;
}

/** Vite's plugin. What is compressed is kept from one build to the next. */
export function clangAssets() {
  const version = clangVersion();
  let outDir = "";
  return {
    name: "clang-assets",
    apply: "build",
    configResolved(config) {
      outDir = config.build.outDir;
    },
    closeBundle() {
      const to = join(outDir, "clang", version);
      const cache = join("node_modules", ".cache", "clang", version);
      mkdirSync(to, { recursive: true });
      mkdirSync(cache, { recursive: true });
      const compressed = (name, octets) => {
        const file = join(cache, `${name}.gz`);
        if (!existsSync(file)) writeFileSync(file, gzipSync(octets(), { level: constants.Z_BEST_COMPRESSION }));
        copyFileSync(file, join(to, `${name}.gz`));
      };
      for (const name of MODULES) compressed(name, () => readFileSync(join(PACKAGE, "gen", name)));
      compressed("llvm-resources.tar", () =>
        filterTar(readFileSync(join(PACKAGE, "gen/llvm-resources.tar")), isNeeded),
      );
      copyFileSync(join(PACKAGE, "gen/bundle.js"), join(to, "clang.js"));
    },
  };
}
