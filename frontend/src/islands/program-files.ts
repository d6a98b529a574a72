import { skeleton } from "./skeleton.ts";

/** As a compiler and a trace can name it. */
const NAME = /^[A-Za-z_][\w-]{0,30}\.[ch]$/;

const MOST_FILES = 12;

type Files = Map<string, string>;

/** What a lab gives to begin with, by the host. */
export type Sources = Readonly<Record<string, readonly { readonly name: string; readonly text: string }[]>>;

/** The C files of the programs of a lab, host by host. Kept in the browser. What can go wrong is answered as a sentence. */
export class ProgramFiles {
  readonly #storage: Storage | null;
  readonly #lab: string;
  readonly #given: Sources;
  readonly #ofHosts = new Map<string, Files>();

  constructor(storage: Storage | null, lab: string, given: Sources = {}) {
    this.#storage = storage;
    this.#lab = lab;
    this.#given = given;
  }

  /** Those that are compiled first, then headers, each in the order in which they were added. */
  names(host: string): readonly string[] {
    const names = [...this.#of(host).keys()];
    return [...names.filter(isSource), ...names.filter((name) => !isSource(name))];
  }

  text(host: string, name: string): string {
    return this.#of(host).get(name) ?? "";
  }

  /** All files of a host, as they are compiled. */
  all(host: string): Readonly<Record<string, string>> {
    return Object.fromEntries(this.#of(host));
  }

  write(host: string, name: string, text: string): void {
    this.#of(host).set(name, text);
    this.#keep(host);
  }

  add(host: string, name: string): string {
    const problem = this.#unfit(host, name);
    if (problem !== "") return problem;
    if (this.#of(host).size >= MOST_FILES) return `A program has ${MOST_FILES} files at most.`;
    this.write(host, name, isSource(name) ? "" : guarded(name));
    return "";
  }

  rename(host: string, from: string, to: string): string {
    const problem = this.#unfit(host, to) || this.#kept(host, from, isSource(to));
    if (problem !== "") return problem;
    const renamed = [...this.#of(host)].map(([name, text]) => [name === from ? to : name, text] as const);
    this.#ofHosts.set(host, new Map(renamed));
    this.#keep(host);
    return "";
  }

  remove(host: string, name: string): string {
    const problem = this.#kept(host, name, false);
    if (problem !== "") return problem;
    this.#of(host).delete(name);
    this.#keep(host);
    return "";
  }

  /** As they were at first: what the lab gives, else one that is short. */
  startOver(host: string): void {
    this.#ofHosts.set(host, this.#atFirst(host));
    this.#keep(host);
  }

  #unfit(host: string, name: string): string {
    if (!NAME.test(name)) return "A file is called like util.c or proto.h: letters, digits, _ and -, then .c or .h.";
    return this.#of(host).has(name) ? `There is a ${name} already.` : "";
  }

  #atFirst(host: string): Files {
    const given = this.#given[host] ?? [];
    if (given.length > 0) return new Map(given.map(({ name, text }) => [name, text]));
    return new Map([[`${host}.c`, skeleton(host)]]);
  }

  /** Why a file has to stay, if no source stands in its place. */
  #kept(host: string, name: string, replaced: boolean): string {
    if (this.#given[host]?.some((file) => file.name === name)) return `${name} is the lab's: it stays.`;
    const others = [...this.#of(host).keys()].filter((other) => other !== name && isSource(other));
    return others.length === 0 && !replaced ? "A program needs a .c file." : "";
  }

  #of(host: string): Files {
    const known = this.#ofHosts.get(host) ?? this.#read(host) ?? this.#atFirst(host);
    this.#ofHosts.set(host, known);
    return known;
  }

  #key(host: string): string {
    return `socketlab.code.${this.#lab}.${host}`;
  }

  #read(host: string): Files | null {
    const kept = readItem(this.#storage, this.#key(host));
    return kept === null ? null : (readFiles(kept) ?? new Map([[`${host}.c`, kept]]));
  }

  #keep(host: string): void {
    try {
      this.#storage?.setItem(this.#key(host), JSON.stringify({ files: this.all(host) }));
    } catch {
      // a browser that keeps nothing has them until the page is left
    }
  }
}

const isSource = (name: string): boolean => name.endsWith(".c");

/** A header that can be included twice. */
function guarded(name: string): string {
  const guard = name.replace(/\W/g, "_").toUpperCase();
  return `#ifndef ${guard}\n#define ${guard}\n\n#endif\n`;
}

function readItem(storage: Storage | null, key: string): string | null {
  try {
    return storage?.getItem(key) ?? null;
  } catch {
    return null;
  }
}

/** What was kept; null if it is the text of a single file, as it was kept before there could be several. */
function readFiles(kept: string): Files | null {
  try {
    const { files }: { files?: unknown } = JSON.parse(kept);
    if (typeof files !== "object" || files === null) return null;
    const entries = Object.entries(files).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return entries.length === 0 ? null : new Map(entries);
  } catch {
    return null;
  }
}
