import { addProgram, fetchSysroot, NotTaken } from "../api/rest.ts";
import { type Compiled, Compiler, type WorkerLike } from "../compile/compiler.ts";
import { explained, type Message } from "../compile/messages.ts";

/** So long nothing is typed before what is there is looked at, ms. */
const PAUSE = 800;

type Files = Readonly<Record<string, string>>;

/** Compiles programs and hands them over. */
export class ProgramBuild {
  /** What is being done; empty for nothing. */
  busy = "";
  /** Of loading the compiler, from 0 to 1; null where nothing is loaded. */
  loaded: number | null = null;
  /** Why it came to nothing; empty if it has not. */
  problem = "";
  messages: readonly Message[] = [];
  readonly #compiler: Pick<Compiler, "build">;
  readonly #told: () => void;
  /** What was compiled last: it is ready, or nearly, when it is to be run. */
  #latest: { readonly files: string; readonly result: Promise<Compiled> } | null = null;
  #typed: ReturnType<typeof setTimeout> | undefined;
  /** Whether the compiler is there, so that looking at what is typed costs little. */
  #warm = false;

  /** @param told when something of it has changed */
  constructor(told: () => void, compiler: Pick<Compiler, "build"> = compilerInWorker()) {
    this.#told = told;
    this.#compiler = compiler;
  }

  /** Another program is looked at. */
  clear(): void {
    clearTimeout(this.#typed);
    this.messages = [];
    this.problem = "";
  }

  /** Something has been typed: compiles it and says what there is to say of it, once no more is, and if the compiler is there. */
  typed(files: () => Files): void {
    clearTimeout(this.#typed);
    if (this.#warm) this.#typed = setTimeout(() => void this.#check(files()), PAUSE);
  }

  /** Compiles the files of a host and hands the program over; answers what `exec` calls it, null if it came to nothing. */
  async run(host: string, files: Files, csrf: string): Promise<string | null> {
    clearTimeout(this.#typed);
    this.problem = "";
    this.#tell(this.#warm ? "Compiling…" : "Loading the compiler, once: 23 MB…");
    try {
      const { wasm, messages } = await this.#compile(files, (part) => {
        this.loaded = part < 1 ? part : null;
        this.#told();
      });
      this.#warm = true;
      this.loaded = null;
      this.messages = messages;
      if (wasm) {
        this.#tell("Handing it over…");
        return await addProgram(host, files, wasm, csrf);
      }
      if (messages.length === 0) this.problem = "The compiler made nothing of it, and did not say why.";
    } catch (error) {
      this.problem = error instanceof Error ? error.message : String(error);
      if (error instanceof NotTaken && error.messages.length > 0) this.messages = error.messages.map(explained);
    } finally {
      this.loaded = null;
      this.#tell("");
    }
    return null;
  }

  async #check(files: Files): Promise<void> {
    if (this.busy !== "") return;
    const compiled = await this.#compile(files, () => {}).catch(() => null); // who runs it is told
    if (compiled === null) return;
    this.messages = compiled.messages.filter(({ file }) => file !== ""); // what lacks may still come
    this.#told();
  }

  #compile(files: Files, progress: (part: number) => void): Promise<Compiled> {
    const text = JSON.stringify(files);
    if (this.#latest?.files === text) return this.#latest.result;
    const result = this.#compiler.build(files, progress);
    this.#latest = { files: text, result };
    result.catch(() => {
      if (this.#latest?.result === result) this.#latest = null; // to be tried again
    });
    return result;
  }

  #tell(busy: string): void {
    this.busy = busy;
    this.#told();
  }
}

const compilerInWorker = (): Compiler =>
  new Compiler(
    () => new Worker(new URL("../compile/worker.ts", import.meta.url), { type: "module" }) as unknown as WorkerLike,
    fetchSysroot,
  );
