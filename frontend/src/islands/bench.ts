import { render } from "lit";
import { BenchSocket, browserSurroundings, type Surroundings as Network } from "../api/bench-socket.ts";
import type { CheckResult, Hello, Predictions, Remark } from "../api/frames.ts";
import { type CallInfo, fetchCalls, fetchRules, type RuleInfo } from "../api/rest.ts";
import { oncePerFrame } from "../base/dom.ts";
import type { Nanos } from "../base/time.ts";
import { type Surroundings, surroundings } from "../views/completion.ts";
import { STOPS } from "../views/tour.ts";
import type { Act, TransportActions } from "../views/transport.ts";
import { Address } from "./address.ts";
import { type BenchBoot, readBoot, seqClicked, seqOfFragment } from "./bench-boot.ts";
import { benchKey, type Focus } from "./bench-keys.ts";
import { listener } from "./bench-listener.ts";
import { benchPage, type Pane } from "./bench-page.ts";
import { benchTabs, type TabBench } from "./bench-tabs.ts";
import { Breakpoints } from "./breakpoints.ts";
import { Console, type ConsoleBench } from "./console.ts";
import { Debugging } from "./debugging.ts";
import { focusOn } from "./focus.ts";
import { fork } from "./fork.ts";
import { Inputs, SESSION } from "./inputs.ts";
import { KeyMap } from "./key-map.ts";
import { Landmarks } from "./landmarks.ts";
import { linkedSocket, type Pointed, type SocketName, samePoint } from "./linked-socket.ts";
import { Moments } from "./moments.ts";
import { Pace } from "./pace.ts";
import { Player } from "./player.ts";
import { Questions } from "./questions.ts";
import { Recording } from "./recording.ts";
import { moveByRoundTrip } from "./round-trip.ts";
import { Scroller } from "./scroll.ts";
import { markTasks } from "./statement.ts";
import { browserStorage, Tour } from "./tour.ts";

/** The bench: one run, its connection, and the panels that show it. */
export class Bench implements ConsoleBench, TabBench, TransportActions {
  readonly boot: BenchBoot;
  readonly recording = new Recording();
  readonly socket: BenchSocket;
  readonly consoles: readonly Console[];
  readonly statement: Element | null;
  hello: Hello | null = null;
  next: Nanos | null = null;
  checks: readonly CheckResult[] = [];
  remarks: readonly Remark[] = [];
  predictions: Predictions = { open: true, said: {} };
  rules: ReadonlyMap<string, RuleInfo> = new Map();
  readonly inputs = new Inputs(this.recording, () => this.socket);
  readonly questions = new Questions(() => this.boot);
  until = "";
  everyEvent = false;
  readonly landmarks = new Landmarks(this.recording);
  readonly tabs = benchTabs();
  /** The `id` of the one that is shown. */
  tab = this.tabs[0]?.id ?? "";
  readonly keys = new KeyMap(this.tabs, browserStorage(), () => this.changed());
  pane: Pane = "time";
  readonly player = new Player(this.recording, () => this.moved());
  readonly debugging: Debugging;
  readonly moments = new Moments(this);
  readonly shownAround = new Tour(browserStorage());
  consoleShown: string;
  width = 720;
  readonly pace = new Pace();
  readonly frame = oncePerFrame(() => this.#draw());
  readonly #root: HTMLElement;
  readonly #app: HTMLElement;
  #calls: readonly CallInfo[] = [];
  pointed: Pointed | null = null;
  readonly #address = new Address();
  /** Ends what listens to the page. */
  readonly #ended = new AbortController();
  #drawnSeq = 0;
  readonly #scroller = new Scroller();

  constructor(root: HTMLElement, network: Network = browserSurroundings) {
    this.#root = root;
    this.boot = readBoot(root);
    this.debugging = new Debugging(this, new Breakpoints(browserStorage(), this.boot.lab.id));
    this.statement = root.querySelector(".bench-statement");
    this.consoles = this.boot.hosts.filter((h) => h.driven !== false).map((h) => new Console(h.name, this));
    this.consoleShown = this.consoles[0]?.host ?? "";
    this.#app = document.createElement("div");
    this.#app.className = "bench-app";
    this.socket = new BenchSocket(this.boot.socket, SESSION, () => this.recording.lastSeq, listener(this), network);
  }

  start(): void {
    this.statement?.remove();
    this.#root.append(this.#app);
    this.#goToFragment();
    this.#listen();
    this.socket.connection.follow(this.changed);
    this.socket.open();
    this.#draw();
    fetchCalls().then((calls) => {
      this.#calls = calls;
      this.changed();
    });
    fetchRules().then((rules) => {
      this.rules = new Map(rules.map((rule) => [rule.id, rule]));
      this.changed();
    });
  }

  /** Lets go of the page. */
  stop(): void {
    this.#ended.abort();
    this.#address.stop();
    if (this.player.playing) this.player.pause();
  }

  /** Whether this tab may put lines in, and time may go on. */
  get typing(): boolean {
    return this.closedBecause === "";
  }

  get closedBecause(): string {
    if (this.hello?.readOnly) return "this run takes nothing more";
    return this.hello?.role === "viewer" ? "you look on" : "";
  }

  /** Draws again. */
  readonly changed = (): void => {
    this.pace.ask();
    this.frame();
  };

  readonly calls = (): readonly CallInfo[] => this.#calls;

  surroundings(host: string): Surroundings {
    return surroundings(
      this.boot.hosts.map(({ name }) => name),
      this.recording.timeline.latest.hosts.get(host),
    );
  }

  earlier(host: string): readonly string[] {
    const made = this.recording.index.callsOf(host);
    return made.map((story) => (story.task === 1 ? "" : `${host}.${story.task}: `) + story.entered.text);
  }

  put(host: string, typed: string): void {
    this.moments.goesOn();
    this.inputs.put(host, typed);
    this.changed();
  }

  act(act: Act): void {
    const { recording } = this;
    if (act === "play") {
      this.player.toggle();
      return;
    }
    if (this.player.playing) this.player.pause();
    if (this.moments.holdsUp(act, recording.cursor >= recording.lastSeq)) return;
    if (act === "first") recording.goTo(Math.min(1, recording.lastSeq));
    else if (act === "prev") recording.move(-1, this.everyEvent);
    else if (act === "next") recording.move(1, this.everyEvent);
    else if (act === "last") recording.follow();
    else if (act === "rtt-before") moveByRoundTrip(recording, -1);
    else if (act === "rtt-after") moveByRoundTrip(recording, 1);
    else if (act === "mark-before") this.landmarks.go(-1);
    else if (act === "run" && this.typing) this.debugging.run();
    else this.#goOn(act);
    this.moved();
  }

  seek(seq: number): void {
    this.recording.goTo(seq);
    this.moved();
  }

  setUntil(until: string): void {
    this.show({ until });
  }

  setLandmark(id: string): void {
    this.landmarks.choose(id);
    this.changed();
  }

  disturb(line: string): void {
    if (this.recording.cursor >= this.recording.lastSeq) this.inputs.control(line);
    else fork(this.boot, this.recording.cursor, line);
  }

  exec(line: string): void {
    const stopped = this.debugging.stoppedAt === this.recording.cursor;
    if (stopped || this.recording.cursor >= this.recording.lastSeq) this.debugging.control(line);
    else this.disturb(line);
  }

  readonly control = this.inputs.control.bind(this.inputs);

  readonly keyOf = (action: string): string => this.keys.keyOf(action);

  readonly point = (at: Pointed | null): void => {
    if (samePoint(at, this.pointed)) return;
    this.pointed = at;
    this.changed();
  };

  /** The socket that is marked. */
  get linked(): SocketName | null {
    return linkedSocket(this.pointed, this.recording);
  }

  setEveryEvent(everyEvent: boolean): void {
    this.show({ everyEvent });
  }

  show(change: Partial<Pick<Bench, "until" | "everyEvent" | "pane" | "tab" | "consoleShown">>): void {
    Object.assign(this, change);
    this.changed();
  }

  focus(what: Focus): void {
    focusOn(what, this.consoleShown);
  }

  /** To a stop of the tour; null ends it. */
  tour = (stop: number | null): void => {
    this.shownAround.go(stop);
    const pane = stop === null ? null : STOPS[stop]?.pane;
    if (pane) this.pane = pane;
    this.changed();
  };

  takeOver = (): void => this.socket.takeOver();

  #goOn(act: Act): void {
    this.moments.goesOn();
    const until = act === "until" ? `run until ${this.until.trim()}` : act;
    const line = act === "mark-after" ? this.landmarks.go(1) : act === "step-call" ? "step call" : until;
    if (line !== null && this.typing) this.inputs.control(line);
  }

  /** Says what will happen, where the lab asks for it. */
  predict = (id: string, value: string): void => this.inputs.control(`predict ${id} ${value}`);

  #listen(): void {
    const { signal } = this.#ended;
    this.#app.addEventListener("click", (event) => this.#clicked(event));
    this.#app.addEventListener("keydown", (event) => benchKey(event, this));
    const keyOfPage = (event: KeyboardEvent): void => {
      if (event.target === document.body) benchKey(event, this);
    };
    document.addEventListener("keydown", keyOfPage, { signal });
    const asked = (): void => {
      if (!this.#address.isOurs) this.#goToFragment();
    };
    window.addEventListener("hashchange", asked, { signal });
    const resized = new ResizeObserver(() => {
      const width = this.#app.querySelector(".time-scroll")?.clientWidth ?? 0;
      if (width === 0 || width === this.width) return;
      this.width = width;
      this.changed();
    });
    resized.observe(this.#app);
    signal.addEventListener("abort", () => resized.disconnect());
  }

  #clicked(event: MouseEvent): void {
    const seq = seqClicked(event);
    if (seq === null) return;
    event.preventDefault();
    this.seek(seq);
  }

  #goToFragment(): void {
    const seq = seqOfFragment(location.hash);
    if (seq !== null) this.recording.goTo(seq);
    this.changed();
  }

  /** The cursor has. */
  moved(): void {
    this.#address.tell(this.recording.cursor, this.recording.lastSeq);
    this.pace.move();
    this.frame();
  }

  #draw(): void {
    const width = this.#app.querySelector(".time-scroll")?.clientWidth ?? 0;
    if (width > 0) this.width = width;
    this.inputs.tell();
    if (this.pace.frame(performance.now())) this.frame();
    render(benchPage(this), this.#app);
    this.shownAround.mark(this.#app);
    markTasks(this.statement, this.checks);
    const { cursor, lastSeq } = this.recording;
    const look = this.tabs.find(({ id }) => id === this.tab)?.look ?? "";
    const shown = `${cursor} ${lastSeq} ${this.tab} ${this.width} ${this.pane} ${look}`;
    this.#scroller.scroll(this.#app, shown, { atEnd: cursor === lastSeq, runs: this.pace.runs });
    if (lastSeq === this.#drawnSeq) return;
    this.#drawnSeq = lastSeq;
    this.socket.seen(lastSeq);
  }
}
