import type { BranchInfo } from "../views/branches-layout.ts";

/** What the page tells the bench, in `<script type="application/json" id="bench-boot">`. */
export interface BenchBoot {
  readonly run: string;
  readonly lab: { readonly id: string; readonly title: string; readonly revision: number };
  readonly hosts: readonly BootHost[];
  readonly modes?: readonly string[];
  /** Path of the WebSocket. */
  readonly socket: string;
  /** Where the submit form goes. */
  readonly submit: string;
  /** How often something was handed in for this lab, and how many of these it grades: 0 for any number. */
  readonly handIns?: { readonly made: number; readonly graded: number };
  readonly tests: readonly { readonly id: string; readonly name: string }[];
  /** What the lab asks before the first call, or where the run halts. */
  readonly predictions?: readonly BootPrediction[];
  /** The kinds of fault that the lab allows. */
  readonly faults?: readonly string[];
  /** The C files that the program of a host begins with, by the host. */
  readonly sources?: Readonly<Record<string, readonly { readonly name: string; readonly text: string }[]>>;
  /** Whether the run belongs to who looks at it; if nothing is said, it does. */
  readonly mine?: boolean;
  /** The course it is made for; null if it is for none. */
  readonly course?: { readonly name: string; readonly path: string; readonly worth: string } | null;
  /** The runs of this attempt, this one among them; none of somebody else's. */
  readonly branches?: readonly BranchInfo[];
  /** The hidden input that a form needs to be taken. */
  readonly csrf?: { readonly name: string; readonly value: string } | null;
}

export interface BootPrediction {
  readonly id: string;
  readonly name: string;
  /** Whether the run halts to ask it. */
  readonly halts?: boolean;
  /** The answers to choose from; none where it can be any number or time. */
  readonly choices?: readonly { readonly id: string; readonly name: string }[];
}

export interface BootHost {
  readonly name: string;
  readonly address: string;
  readonly tasks?: number;
  /** Whether the student makes its calls; if nothing is said, they do. */
  readonly driven?: boolean;
}

export function readBoot(root: ParentNode): BenchBoot {
  const text = root.querySelector("#bench-boot")?.textContent;
  if (!text) throw new Error("the page has no bench-boot");
  return JSON.parse(text) as BenchBoot;
}

/** `#e=41` as 41; null if a fragment says something else. */
export function seqOfFragment(fragment: string): number | null {
  const digits = /^#e=(\d{1,9})$/.exec(fragment)?.[1];
  return digits === undefined ? null : Number(digits);
}

/** The event that a click goes to; null if it is for something else. */
export function seqClicked({ target, ctrlKey, metaKey }: MouseEvent): number | null {
  if (ctrlKey || metaKey) return null;
  const goto = (target as Element).closest<HTMLElement | SVGElement>("[data-goto]")?.dataset["goto"];
  if (goto !== undefined) return Number(goto);
  const link = (target as Element).closest<HTMLAnchorElement>('a[href^="#e="]');
  return link && seqOfFragment(link.hash);
}
