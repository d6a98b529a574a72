import { readMessages } from "./messages.ts";
import type { Answer, Asked, Progress, Sysroot } from "./protocol.ts";

declare const __CLANG__: string;

/** The part of @yowasp/clang that is used here. */
interface Clang {
  runClang(args: string[], files: Tree, options: object): Promise<Tree>;
  readonly Exit: new (...args: never[]) => Error & { readonly code: number };
}

type Tree = { [name: string]: Tree | string | Uint8Array };

const FOLDER = new URL(/* @vite-ignore */ `/app/clang/${__CLANG__}/`, location.origin);

/**
 * clang asks for its parts by their names. They are stored compressed, so that a server need not know how to, and are
 * unpacked on their way.
 */
function unpackingFetch(input: URL | RequestInfo, init?: RequestInit): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  if (!url.startsWith(FOLDER.href)) return plainFetch(input, init);
  return plainFetch(`${url}.gz`, init).then((packed) => {
    if (!packed.ok || !packed.body) throw new Error(`${url}.gz: ${packed.status}`);
    const type = url.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(packed.body.pipeThrough(new DecompressionStream("gzip")), {
      headers: { "content-type": type },
    });
  });
}

const plainFetch = globalThis.fetch.bind(globalThis);
globalThis.fetch = unpackingFetch as typeof fetch;

let loaded: Promise<Clang> | null = null;

function clang(): Promise<Clang> {
  loaded ??= import(/* @vite-ignore */ new URL("clang.js", FOLDER).href) as Promise<Clang>;
  return loaded;
}

function say(message: Answer | Progress): void {
  postMessage(message);
}

addEventListener("message", async ({ data }: MessageEvent<Asked>) => {
  try {
    say(await compile(data));
  } catch (error) {
    say({ id: data.id, failure: error instanceof Error ? error.message : String(error) });
  }
});

async function compile({ id, files, sysroot }: Asked): Promise<Answer> {
  const { runClang, Exit } = await clang();
  const output: Uint8Array[] = [];
  const tree: Tree = { ...files, sysroot: treeOf(sysroot) };
  const sources = Object.keys(files).filter((name) => name.endsWith(".c"));
  const flags = [...sysroot.compile.map(targetHere), "-isystem", "sysroot/include"];
  const linking = [...sysroot.link, "sysroot/lib/start.o", "-o", "a.wasm", "-Lsysroot/lib", "-lkernel"];
  const args = ["clang", ...flags, ...sources, ...linking];
  const options = {
    stdout: null,
    stderr: (octets: Uint8Array | null) => octets && output.push(octets.slice()),
    fetchProgress: ({ doneLength, totalLength }: { doneLength: number; totalLength: number }) =>
      say({ id, done: doneLength / totalLength }),
  };
  let wasm: Uint8Array | null = null;
  try {
    const made = await runClang(args, tree, options);
    const file = made["a.wasm"];
    wasm = file instanceof Uint8Array ? file : null;
  } catch (error) {
    if (!(error instanceof Exit)) throw error;
  }
  return { id, wasm, messages: readMessages(new TextDecoder().decode(joined(output))) };
}

/** This clang calls what others call wasm32-wasi by its later name. */
function targetHere(flag: string): string {
  return flag === "--target=wasm32-wasi" ? "--target=wasm32-wasip1" : flag;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Paths as folders in folders. */
function treeOf({ files }: Sysroot): Tree {
  const root: Tree = {};
  for (const [path, octets] of Object.entries(files)) {
    const names = path.split("/");
    let folder = root;
    for (const name of names.slice(0, -1)) {
      folder[name] ??= {};
      folder = folder[name] as Tree;
    }
    folder[names.at(-1) ?? path] = octets;
  }
  return root;
}
