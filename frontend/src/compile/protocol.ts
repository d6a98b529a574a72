import type { Message } from "./messages.ts";

/** What programs are compiled against and how: the same for the browser and for a server's compiler. */
export interface Sysroot {
  /** Flags of every compilation; headers are under `sysroot/include`. */
  readonly compile: readonly string[];
  /** What comes behind the sources when they are linked; libraries are under `sysroot/lib`. */
  readonly link: readonly string[];
  /** By path: `include/errno.h`. */
  readonly files: Readonly<Record<string, string | Uint8Array>>;
}

/** To the compiler's worker. */
export interface Asked {
  readonly id: number;
  /** The program's, by name. */
  readonly files: Readonly<Record<string, string>>;
  readonly sysroot: Sysroot;
}

/** How much of the compiler is there, from 0 to 1. */
export interface Progress {
  readonly id: number;
  readonly done: number;
}

/** What came of it. */
export type Answer =
  | {
      readonly id: number;
      /** null if it was not linked. */
      readonly wasm: Uint8Array | null;
      readonly messages: readonly Message[];
    }
  | {
      readonly id: number;
      /** The compiler could not be loaded, or broke. */
      readonly failure: string;
    };
