import type { TemplateResult } from "lit";
import type { Remark } from "../api/frames.ts";
import type { CallInfo, RuleInfo } from "../api/rest.ts";
import type { BenchBoot } from "./bench-boot.ts";
import { BranchesTab } from "./branches-tab.ts";
import { CodeTab } from "./code-tab.ts";
import type { Debugging } from "./debugging.ts";
import { DiagramTab } from "./diagram-tab.ts";
import { FaultsTab } from "./faults-tab.ts";
import { GraphsTab } from "./graphs-tab.ts";
import type { Pointed } from "./linked-socket.ts";
import { LogTab } from "./log-tab.ts";
import { MemoryTab } from "./memory-tab.ts";
import { PacketsTab } from "./packets-tab.ts";
import type { Questions } from "./questions.ts";
import type { Recording } from "./recording.ts";
import { StatesTab } from "./states-tab.ts";
import { TableTab } from "./table-tab.ts";
import { WaitingTab } from "./waiting-tab.ts";

/** What a tab may know and ask of the bench that it is on. */
export interface TabBench {
  readonly recording: Recording;
  readonly boot: BenchBoot;
  readonly rules: ReadonlyMap<string, RuleInfo>;
  readonly questions: Questions;
  /** What there is to say of the programs, up to the end of the run. */
  readonly remarks: readonly Remark[];
  /** Of the room that a tab has, px. */
  readonly width: number;
  /** Whether the cursor runs: then what is not seen can wait. */
  readonly pace: { readonly runs: boolean };
  /** Whether lines may be put in here. */
  readonly typing: boolean;
  readonly debugging: Debugging;
  calls(): readonly CallInfo[];
  /** The key of an action; empty for none. */
  keyOf(action: string): string;
  /** Starts a program, as a line says: here, or in a fork as `disturb` does. Stops at the first breakpoint. */
  exec(line: string): void;
  /** What is pointed at is marked wherever it is shown; null for nothing. */
  readonly point: (at: Pointed | null) => void;
  readonly pointed: Pointed | null;
  /** Does what a line says to the network: here, or in a fork if the cursor stands in the past. */
  disturb(line: string): void;
  /** Moves the one cursor. */
  seek(seq: number): void;
  /** Something that a tab keeps has changed: draw again. */
  changed(): void;
  /** Draw again, but nothing that stands beside the tab: for what scrolling brings into view. */
  frame(): void;
}

/** One way to look at the run. Whatever it keeps is how it looks, never what happened. */
export interface Tab {
  /** For tests, and to come back to it after a reload. */
  readonly id: string;
  readonly name: string;
  /** What it shows, for who has not seen it yet. */
  readonly title: string;
  /** Whether it stands in the lab's place now, and not among the tabs. */
  readonly beside?: boolean;
  /** How it is looked at: where that changes, the cursor is brought into view again. */
  readonly look?: string;
  view(bench: TabBench): TemplateResult;
}

/** The tabs of a bench, in the order of the keys 1, 2, … */
export function benchTabs(): readonly Tab[] {
  return [
    new DiagramTab(),
    new TableTab(),
    new PacketsTab(),
    new GraphsTab(),
    new StatesTab(),
    new WaitingTab(),
    new MemoryTab(),
    new LogTab(),
    new FaultsTab(),
    new BranchesTab(),
    new CodeTab(),
  ];
}
