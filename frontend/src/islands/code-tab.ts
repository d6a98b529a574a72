import type { TemplateResult } from "lit";
import { type CodeActions, type CodeModel, codeView } from "../views/code.ts";
import { marginNotes } from "../views/code-margin.ts";
import type { RemarkRow } from "../views/remarks.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";
import type { Breakpoint } from "./breakpoints.ts";
import { CodePlace } from "./code-place.ts";
import { isDebugAct } from "./debugging.ts";
import type { Editor, EditorListener } from "./editor.ts";
import { ProgramBuild } from "./program-build.ts";
import { ProgramFiles } from "./program-files.ts";
import { lineIn, remarkBeside, remarkMarks, remarkRows } from "./program-remarks.ts";
import { ProgramStarts } from "./program-starts.ts";
import { ProgramTraces } from "./program-traces.ts";
import { lineOf, programOf } from "./program-view.ts";
import { toggleBreakpoint } from "./toggle-breakpoint.ts";
import { browserStorage } from "./tour.ts";

/** Writing, compiling and running a C program for each host, and going through it. */
export class CodeTab implements Tab, CodeActions, EditorListener {
  readonly id = "code";
  readonly name = "Code";
  readonly title = "A program in C for each host, compiled here and run in the network";
  readonly #place = new CodePlace(browserStorage());
  readonly #build = new ProgramBuild(() => {
    this.#mark();
    this.#bench?.changed();
  });
  readonly #traces = new ProgramTraces();
  #files: ProgramFiles | null = null;
  #bench: TabBench | null = null;
  #editor: Editor | null = null;
  #mount: Element | null = null;
  #host = "";
  /** The file that is open, of each host. */
  readonly #open = new Map<string, string>();
  readonly #starts = new ProgramStarts();
  #fileProblem = "";
  /** Where the cursor was when the editor was last brought to it. */
  #followed = "";
  /** The line where the program stands, if the cursor was moved later than the caret; else 0. */
  #stands = 0;

  view(bench: TabBench): TemplateResult {
    this.#bench = bench;
    this.#files ??= new ProgramFiles(browserStorage(), bench.boot.lab.id, bench.boot.sources);
    const hosts = bench.boot.hosts.filter(({ driven }) => driven !== false).map(({ name }) => name);
    if (!hosts.includes(this.#host)) this.#host = hosts.at(-1) ?? "";
    bench.debugging.host = this.#host;
    bench.debugging.toggle = () => this.toggleBreakpoint(this.#editor?.line ?? 1);
    bench.debugging.showRemark = (by) => this.#showRemark(by);
    const programs = hosts.map((host) => ({
      ...programOf(host, bench.recording),
      remarks: this.#remarksOf(host).filter(({ when }) => when === "now").length,
    }));
    this.#follow(bench);
    return codeView({ ...this.#model(bench), programs }, this);
  }

  #remarksOf(host: string): RemarkRow[] {
    if (!this.#bench) return [];
    const { remarks, recording } = this.#bench;
    return remarkRows(remarks, host, recording, (of) => this.#files?.names(of) ?? []);
  }

  get beside(): boolean {
    return this.#place.beside;
  }

  setBeside(on: boolean): void {
    this.#place.setBeside(on);
    this.#bench?.changed();
  }

  #model(bench: TabBench): Omit<CodeModel, "programs"> {
    const { recording, debugging } = bench;
    const { busy, loaded, problem, messages } = this.#build;
    const [host, file] = [this.#host, this.#file];
    const line = this.#editor?.line ?? 1;
    const built = this.#stands || (this.#editor?.built(line) ?? line);
    return {
      host,
      files: this.#files?.names(host) ?? [],
      file,
      wrong: new Set(messages.filter(({ severity }) => severity === "error").map((message) => message.file)),
      fileProblem: this.#fileProblem,
      arguments: this.#starts.arguments(host),
      input: this.#starts.input(host),
      ...{ busy, loaded, problem, messages },
      output: this.#traces.printedBy(recording, host),
      said: debugging.said,
      remarks: this.#remarksOf(host),
      place: `${file}:${built}`,
      edited: (this.#editor?.edited ?? false) && recording.lines.of(host).length > 0,
      line: lineOf(recording, host, file, built, this.#stands || line),
      typing: bench.typing,
      beside: this.beside,
      keyOf: (action) => bench.keyOf(action),
    };
  }

  /** Brings the editor to where the program is, where the cursor has moved; and shows what its lines have called. */
  #follow({ recording }: TabBench): void {
    const { lines, cursor } = recording;
    const call = lines.atEvent(cursor);
    const at = call?.host === this.#host ? call : lines.standing(this.#host, cursor);
    const [file = "", line = "0"] = at?.place.split(":") ?? [];
    const where = `${this.#host} ${cursor}`;
    const moved = where !== this.#followed;
    this.#followed = where;
    if (moved && file !== this.#file && this.#files?.names(this.#host).includes(file)) this.#show(file);
    this.#editor?.showNotes(marginNotes(lines.onLines(this.#host, this.#file), cursor));
    const here = file === this.#file ? Number(line) : 0;
    if (moved) this.#stands = here;
    this.#editor?.stand(here);
    this.#editor?.showRemarks(remarkMarks(this.#remarksOf(this.#host), this.#host, this.#file));
  }

  chooseHost(host: string): void {
    this.#host = host;
    this.#build.clear();
    this.#fileProblem = "";
    this.#show(this.#file);
    this.#bench?.changed();
  }

  chooseFile(file: string): void {
    this.#fileProblem = "";
    this.#show(file);
    this.#bench?.changed();
  }

  addFile(name: string): void {
    this.#fileDone(this.#files?.add(this.#host, name), name);
  }

  renameFile(name: string): void {
    const { debugging } = this.#bench ?? {};
    const before = this.#file;
    const problem = this.#files?.rename(this.#host, before, name);
    if (problem === "" && debugging) {
      debugging.breakpoints.set(this.#host, name, debugging.breakpoints.of(this.#host, before));
      debugging.breakpoints.set(this.#host, before, []);
    }
    this.#fileDone(problem, name);
  }

  removeFile(): void {
    const name = this.#file;
    const problem = this.#files?.remove(this.#host, name);
    if (problem === "") this.#bench?.debugging.breakpoints.set(this.#host, name, []);
    this.#fileDone(problem, this.#files?.names(this.#host)[0] ?? "");
  }

  startOver(): void {
    this.#files?.startOver(this.#host);
    this.#build.clear();
    this.#fileDone("", this.#files?.names(this.#host)[0] ?? "");
  }

  setArguments(text: string): void {
    this.#starts.setArguments(this.#host, text);
    this.#bench?.changed();
  }

  setInput(text: string): void {
    this.#starts.setInput(this.#host, text);
    this.#bench?.changed();
  }

  step(act: string): void {
    if (isDebugAct(act)) this.#bench?.debugging.act(act);
  }

  goTo(file: string, line: number): void {
    if (file !== this.#file) this.#show(file);
    this.#editor?.goTo(line);
  }

  goToPlace(host: string, place: string): void {
    if (host !== this.#host) this.chooseHost(host);
    const file = place.slice(0, place.lastIndexOf(":"));
    if (file !== this.#file) this.#show(file);
    this.#editor?.goToBuilt(lineIn(place));
  }

  #showRemark(by: -1 | 1): void {
    const [bench, editor] = [this.#bench, this.#editor];
    if (!bench) return;
    const host = this.#host;
    const at = editor ? `${this.#file}:${editor.built(editor.line)}` : "";
    const stop = remarkBeside(this.#remarksOf(host), host, at, by);
    bench.debugging.said = stop?.said ?? `There is no remark about a line of the program of ${host}.`;
    if (stop) this.goToPlace(host, stop.place);
    bench.changed();
  }

  goToEvent(seq: number): void {
    this.#bench?.seek(seq);
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

  calls() {
    return this.#bench?.calls() ?? [];
  }

  changed(text: string): void {
    this.#files?.write(this.#host, this.#file, text);
    const host = this.#host;
    this.#build.typed(() => this.#files?.all(host) ?? {});
  }

  caretMoved(): void {
    this.#stands = 0;
    this.#bench?.changed();
  }

  pointed(line: number | null): void {
    const { recording, point } = this.#bench ?? {};
    const calls = line === null ? [] : (recording?.lines.onLines(this.#host, this.#file).get(line) ?? []);
    const call = calls.findLast(({ seq }) => seq <= (recording?.cursor ?? 0)) ?? calls[0];
    point?.(call && call.socket > 0 ? { host: this.#host, socket: call.socket, call: call.call } : null);
  }

  toggleBreakpoint(line: number): void {
    const [bench, editor] = [this.#bench, this.#editor];
    if (!bench || !editor) return;
    toggleBreakpoint(bench, editor, this.#host, this.#file, line);
    bench.changed();
  }

  breakpointsMoved(now: readonly Breakpoint[]): void {
    this.#bench?.debugging.breakpoints.set(this.#host, this.#file, now);
  }

  get #file(): string {
    const names = this.#files?.names(this.#host) ?? [];
    const open = this.#open.get(this.#host) ?? "";
    return names.includes(open) ? open : (names[0] ?? "");
  }

  #fileDone(problem: string | undefined, then: string): void {
    this.#fileProblem = problem ?? "";
    if (problem === "") this.#show(then);
    this.#bench?.changed();
  }

  #show(file: string): void {
    this.#open.set(this.#host, file);
    if (!this.#editor || !this.#bench) return;
    const stops = this.#bench.debugging.breakpoints.of(this.#host, file);
    this.#editor.open(`${this.#host}/${file}`, this.#files?.text(this.#host, file) ?? "", stops);
    this.#mark();
  }

  async #edit(element: Element): Promise<void> {
    const { Editor } = await import("./editor.ts");
    if (element !== this.#mount || !this.#bench) return;
    this.#editor = new Editor(element, this);
    this.#show(this.#file);
    this.#bench.changed();
  }

  #mark(): void {
    this.#editor?.mark(this.#build.messages.filter(({ file }) => file === this.#file));
  }

  async #run(): Promise<void> {
    const [bench, files] = [this.#bench, this.#files];
    if (!bench || !files || this.#build.busy !== "") return;
    const host = this.#host;
    const { breakpoints } = bench.debugging;
    bench.debugging.said = this.#starts.problem(host);
    if (bench.debugging.said !== "") return bench.changed();
    const csrf = bench.boot.csrf?.value ?? "";
    const name = await this.#build.run(host, files.all(host), csrf);
    if (name === null) return;
    breakpoints.rebuilt(host, files.names(host));
    this.#editor?.rebuilt(`${host}/`);
    this.#editor?.showBreakpoints(breakpoints.of(this.#host, this.#file));
    bench.exec(this.#starts.line(host, name));
  }
}
