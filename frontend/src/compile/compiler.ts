import type { Message } from "./messages.ts";
import type { Answer, Asked, Progress, Sysroot } from "./protocol.ts";

export interface Compiled {
  readonly wasm: Uint8Array | null;
  readonly messages: readonly Message[];
}

/** The part of a Worker that is needed. */
export interface WorkerLike {
  postMessage(message: Asked): void;
  addEventListener(type: "message", listen: (event: { readonly data: Answer | Progress }) => void): void;
}

interface Waiting {
  done(result: Compiled): void;
  failed(reason: Error): void;
  progress(part: number): void;
}

/** clang in a worker of its own: it is loaded when the first program is compiled, and stays. */
export class Compiler {
  readonly #make: () => WorkerLike;
  readonly #sysroot: () => Promise<Sysroot>;
  #worker: WorkerLike | null = null;
  #loaded: Promise<Sysroot> | null = null;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  constructor(make: () => WorkerLike, sysroot: () => Promise<Sysroot>) {
    this.#make = make;
    this.#sysroot = sysroot;
  }

  /**
   * @param progress is told how much of the compiler has come, while it comes
   */
  async build(files: Asked["files"], progress: (part: number) => void): Promise<Compiled> {
    this.#loaded ??= this.#sysroot();
    const sysroot = await this.#loaded.catch((error: unknown) => {
      this.#loaded = null; // to be tried again
      throw error;
    });
    const id = ++this.#asked;
    return new Promise((done, failed) => {
      this.#waiting.set(id, { done, failed, progress });
      this.#running().postMessage({ id, files, sysroot });
    });
  }

  #running(): WorkerLike {
    if (this.#worker) return this.#worker;
    this.#worker = this.#make();
    this.#worker.addEventListener("message", ({ data }) => this.#take(data));
    return this.#worker;
  }

  #take(data: Answer | Progress): void {
    const waiting = this.#waiting.get(data.id);
    if (!waiting) return;
    if ("done" in data) {
      waiting.progress(data.done);
      return;
    }
    this.#waiting.delete(data.id);
    if ("failure" in data) waiting.failed(new Error(data.failure));
    else waiting.done(data);
  }
}
