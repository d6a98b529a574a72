import type { CallInfo, Parameter } from "../api/rest.ts";
import type { HostState } from "../trace/state.ts";

/** What can be written where the caret is. */
export interface Completion {
  /** The part of the line that a suggestion takes the place of. */
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
  readonly help: Help | null;
}
export interface Suggestion {
  readonly text: string;
  readonly detail: string;
}
/** The call that the caret is in. */
export interface Help {
  readonly call: CallInfo;
  /** Which way to write it fits so far. */
  readonly form: string;
  /** Which of the form's arguments the caret is in; -1 outside the parentheses. */
  readonly argument: number;
  readonly parameter: Parameter | null;
}

/** What completion knows of the run: what is there on the host that the line is for. */
export interface Surroundings {
  readonly hosts: readonly string[];
  readonly fds: readonly { readonly fd: number; readonly detail: string }[];
}

/** What a host has of its own, among others. */
export function surroundings(hosts: readonly string[], host: HostState | undefined): Surroundings {
  const fds = [...(host?.fds ?? [])].map(([fd, { socket, object }]) => {
    const { state, protocol } = host?.sockets.get(socket) ?? { state: "", protocol: object };
    return { fd, detail: state || protocol.toUpperCase() };
  });
  return { hosts, fds };
}

/** Lines that are no calls: how far to run. */
export const CONTROLS: readonly Suggestion[] = [
  { text: "step", detail: "one event" },
  { text: "step call", detail: "until a call returns" },
  { text: "run", detail: "until nothing is under way" },
  { text: "run until 1.5s", detail: "to a point in time" },
  { text: "interrupt", detail: "end a call that waits, with EINTR" },
  { text: "drop", detail: "the next frame from here is lost, where the lab allows it" },
  { text: "delay 2s", detail: "the next frame from here is late, where the lab allows it" },
  { text: "cost", detail: "what the calls of each task have cost" },
  { text: "start", detail: "start a program again that has ended" },
];

const MOST = 8;

export function complete(
  line: string,
  caret: number,
  calls: readonly CallInfo[],
  surroundings: Surroundings,
): Completion {
  const before = line.slice(0, caret);
  const word = /[A-Za-z_][\w.]*$/.exec(before)?.[0] ?? "";
  const from = caret - word.length;
  const open = openCall(before);
  if (!open) return { from, to: caret, suggestions: names(before, word, calls), help: helpBefore(line, calls) };
  const call = calls.find((known) => known.name === open.name);
  if (!call) return { from, to: caret, suggestions: [], help: null };
  const help = helpInside(call, open.argument, argumentsWritten(line));
  const written = /[^\s,(|]*$/.exec(before)?.[0] ?? "";
  return { from: caret - written.length, to: caret, suggestions: values(help, written, surroundings), help };
}

function names(before: string, word: string, calls: readonly CallInfo[]): Suggestion[] {
  if (word === "" || !/^\s*([\w.-]+:\s*)?[\w.]*$/.test(before)) return [];
  const known = calls.map((call) => ({ text: `${call.name}(`, detail: call.summary }));
  return best([...known, ...CONTROLS], word);
}

function values({ parameter }: Help, written: string, { hosts, fds }: Surroundings): Suggestion[] {
  if (!parameter) return [];
  if (parameter.name === "fd")
    return best(
      fds.map(({ fd, detail }) => ({ text: String(fd), detail })),
      written,
    );
  if (parameter.name === "addr") {
    const addresses = hosts.map((host) => ({ text: `${host}:`, detail: "a host, then the port" }));
    return best([...addresses, { text: "*:", detail: "any address of this host (INADDR_ANY)" }], written);
  }
  return best(
    parameter.constants.map((text) => ({ text, detail: "" })),
    written,
  );
}

/** Those that begin so, then those that have it inside; nothing that is written in full already. */
function best(all: readonly Suggestion[], written: string): Suggestion[] {
  const wanted = written.toLowerCase();
  const begin = all.filter((s) => s.text.toLowerCase().startsWith(wanted) && s.text !== written);
  const inside = wanted.length < 2 ? [] : all.filter((s) => s.text.toLowerCase().indexOf(wanted) > 0);
  return [...begin, ...inside].slice(0, MOST);
}

/** The innermost call whose parenthesis is open, and the argument that the text ends in. */
function openCall(text: string): { readonly name: string; readonly argument: number } | null {
  const open: { name: string; argument: number }[] = [];
  for (const { character, at } of outsideStrings(text)) {
    if (character === "(") open.push({ name: /\w*$/.exec(text.slice(0, at))?.[0] ?? "", argument: 0 });
    else if ("{[".includes(character)) open.push({ name: "", argument: 0 });
    else if (")}]".includes(character)) open.pop();
    else if (character === ",") {
      const top = open.at(-1);
      if (top) top.argument += 1;
    }
  }
  const top = open.at(-1);
  return top && top.name !== "" ? top : null;
}

function argumentsWritten(line: string): number {
  const commas = [...outsideStrings(line)].filter(({ character }) => character === ",").length;
  return commas + 1;
}

function* outsideStrings(text: string): Generator<{ character: string; at: number }> {
  let inside = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (inside && character === "\\") at += 1;
    else if (character === '"') inside = !inside;
    else if (!inside) yield { character, at };
  }
}

function helpBefore(line: string, calls: readonly CallInfo[]): Help | null {
  const name = /^\s*(?:[\w.-]+:\s*)?(\w+)\s*(?:\(|$)/.exec(line)?.[1];
  const call = calls.find((known) => known.name === name);
  return call ? { call, form: call.forms.at(-1) ?? "", argument: -1, parameter: null } : null;
}

/** The shortest form that has room for what is written; the longest if none has. */
function helpInside(call: CallInfo, argument: number, written: number): Help {
  const form = call.forms.find((f) => formArguments(f).length >= written) ?? call.forms.at(-1) ?? "";
  const name = formArguments(form)[argument];
  const parameter = call.parameters.find((p) => p.name === name) ?? null;
  return { call, form, argument, parameter };
}

export function formArguments(form: string): string[] {
  const inside = /\((.*)\)/.exec(form)?.[1] ?? "";
  return inside === "" ? [] : inside.split(",").map((name) => name.trim());
}
