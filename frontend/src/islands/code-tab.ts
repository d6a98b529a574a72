import type { TemplateResult } from "lit";
import { addProgram, fetchSysroot } from "../api/rest.ts";
import { Compiler, type WorkerLike } from "../compile/compiler.ts";
import type { Message } from "../compile/messages.ts";
import { type CodeActions, codeView } from "../views/code.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";
import type { Editor } from "./editor.ts";
import { ProgramTraces } from "./program-traces.ts";
import { skeleton } from "./skeleton.ts";
import { browserStorage } from "./tour.ts";

/** So long nothing is typed before what is there is looked at, ms. */
const PAUSE = 800;

/** Writing, compiling and running a C program for each host. */
export class CodeTab implements Tab, CodeActions {
  readonly id = "code";
  readonly name = "Code";
  readonly title = "A program in C for each host, compiled here and run in the network";
  readonly #compiler = new Compiler(
    () => new Worker(new URL("../compile/worker.ts", import.meta.url), { type: "module" }) as unknown as WorkerLike,
    fetchSysroot,
  );
  readonly #traces = new ProgramTraces();
  #bench: TabBench | null = null;
  #editor: Editor | null = null;
  #mount: Element | null = null;
  #host = "";
  readonly #arguments = new Map<string, string>();
  #busy = "";
  #loaded: number | null = null;
  #problem = "";
  #messages: readonly Message[] = [];
  #typed: ReturnType<typeof setTimeout> | undefined;
  /** Whether the compiler is there, so that looking at what is typed costs little. */
  #warm = false;

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    const hosts = bench.boot.hosts.filter(({ driven }) => driven !== false).map(({ name }) => name);
    if (!hosts.includes(this.#host)) this.#host = hosts.at(-1) ?? "";
    const { recording } = bench;
    const place = this.#traces.placeAt(recording, this.#host);
    const [file = "", line = "0"] = place.split(":");
    this.#editor?.stand(file === this.#file ? Number(line) : 0);
    return codeView(
      {
        hosts,
        host: this.#host,
        arguments: this.#arguments.get(this.#host) ?? "",
        busy: this.#busy,
        loaded: this.#loaded,
        problem: this.#problem,
        messages: this.#messages,
        output: this.#traces.printedBy(recording, this.#host),
        place,
        typing: bench.typing,
      },
      this,
    );
  }

  chooseHost(host: string): void {
    this.#host = host;
    this.#messages = [];
    this.#problem = "";
    if (this.#editor) this.#editor.text = this.#source();
    this.#bench?.changed();
  }

  setArguments(text: string): void {
    this.#arguments.set(this.#host, text);
    this.#bench?.changed();
  }

  goTo(line: number): void {
    this.#editor?.goTo(line);
  }

  /** The editor lives as long as the place where it stands. */
  readonly mounted = (element: Element | undefined): void => {
    if (element === this.#mount || (!element && !this.#mount)) return;
    this.#mount = element ?? null;
    this.#editor?.destroy();
    this.#editor = null;
    if (element) void this.#edit(element);
  };

  run(): void {
    void this.#run();
  }

  get #file(): string {
    return `${this.#host}.c`;
  }

  get #key(): string {
    return `socketlab.code.${this.#bench?.boot.lab.id}.${this.#host}`;
  }

  #source(): string {
    return browserStorage()?.getItem(this.#key) ?? skeleton(this.#host);
  }

  async #edit(element: Element): Promise<void> {
    const { Editor } = await import("./editor.ts");
    if (element !== this.#mount || !this.#bench) return;
    this.#editor = new Editor(
      element,
      this.#source(),
      this.#bench.calls(),
      (text) => this.#changed(text),
      () => this.run(),
    );
    this.#editor.mark(this.#messages);
    this.#bench.changed();
  }

  #changed(text: string): void {
    browserStorage()?.setItem(this.#key, text);
    clearTimeout(this.#typed);
    if (this.#warm) this.#typed = setTimeout(() => void this.#check(), PAUSE);
  }

  async #check(): Promise<void> {
    if (this.#busy || !this.#editor) return;
    const { messages } = await this.#compiler.check({ [this.#file]: this.#editor.text });
    this.#say(messages);
  }

  #say(messages: readonly Message[]): void {
    this.#messages = messages;
    this.#editor?.mark(messages);
    this.#bench?.changed();
  }

  async #run(): Promise<void> {
    const bench = this.#bench;
    const source = this.#editor?.text;
    if (!bench || source === undefined || this.#busy) return;
    const host = this.#host;
    this.#problem = "";
    this.#tell(this.#warm ? "Compiling…" : "Loading the compiler, once…");
    try {
      const { wasm, messages } = await this.#compiler.build({ [this.#file]: source }, (part) => {
        this.#loaded = part < 1 ? part : null;
        bench.changed();
      });
      this.#warm = true;
      this.#loaded = null;
      this.#say(messages);
      if (wasm) {
        this.#tell("Handing it over…");
        const name = await addProgram(host, source, wasm, bench.boot.csrf?.value ?? "");
        bench.disturb(`exec ${host} ${name} ${this.#arguments.get(host) ?? ""}`.trim());
      } else if (messages.length === 0) {
        this.#problem = "The compiler made nothing of it, and did not say why.";
      }
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
    }
    this.#loaded = null;
    this.#tell("");
  }

  #tell(busy: string): void {
    this.#busy = busy;
    this.#bench?.changed();
  }
}
