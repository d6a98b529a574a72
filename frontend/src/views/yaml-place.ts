import {
  type Frame,
  freeSlot,
  type Path,
  type Slot,
  slotOf,
  type Yaml,
  type YamlList,
  type YamlMap,
} from "./yaml-tree.ts";

/** What is being written at the caret. */
export interface Place {
  /** Of the mapping if a key is written, else of the value. */
  readonly path: Path;
  readonly key: boolean;
  /** A value can stand here; both where a line has begun that may become either. */
  readonly value: boolean;
  /** Where it begins, without its quote. */
  readonly from: number;
  /** What stands there up to the caret. */
  readonly text: string;
  readonly quote: "" | '"' | "'" | "|";
}

export interface Scan {
  readonly root: Yaml | null;
  readonly place: Place | null;
}

/** Reads a file, and finds out what the caret is in. */
export function scanYaml(text: string, caret: number): Scan {
  return new Scanner(text, caret).scan();
}

const KEY = /^(?:"([^"]*)"|'([^']*)'|([^\s#{}[\],"'&*!|>%@`-][^:#]*?|-[^\s:#][^:#]*?))\s*:(?=\s|$)/;

class Scanner {
  readonly #text: string;
  readonly #caret: number;
  readonly #stack: Frame[] = [];
  #root: Yaml | null = null;
  #place: Place | null = null;
  /** The column that lines of a text behind | or > are beyond; -1 outside. */
  #block = -1;
  #blockPath: Path = [];

  constructor(text: string, caret: number) {
    this.#text = text;
    this.#caret = caret;
  }

  scan(): Scan {
    for (let start = 0; start <= this.#text.length; ) {
      const newline = this.#text.indexOf("\n", start);
      const end = newline < 0 ? this.#text.length : newline;
      this.#line(start, end);
      start = end + 1;
    }
    return { root: this.#root, place: this.#place };
  }

  get #top(): Frame | undefined {
    return this.#stack.at(-1);
  }

  #line(start: number, end: number): void {
    const line = this.#text.slice(start, end);
    const indent = line.length - line.trimStart().length;
    const blank = line.trim() === "";
    if (this.#block >= 0) {
      if (blank || indent > this.#block) {
        const from = Math.min(start + indent, this.#caret);
        if (this.#isIn(start, end)) this.#at({ path: this.#blockPath, from, quote: "|", value: true });
        return;
      }
      this.#block = -1;
    }
    if (this.#top?.flow) {
      if (!this.#leavesFlow(line, indent)) {
        this.#flow(start, end);
        return;
      }
      while (this.#top?.flow) this.#stack.pop();
    }
    if (blank) {
      if (this.#isIn(start, end)) this.#begin(this.#caret, this.#caret - start);
    } else if (line[indent] !== "#") this.#content(start, start + indent, end);
  }

  /** Braces that are never closed end where a key stands in the column of their owner, or before. */
  #leavesFlow(line: string, indent: number): boolean {
    const owner = this.#stack.findLast(({ flow }) => !flow)?.column ?? 0;
    return indent <= owner && (KEY.test(line.trimStart()) || line.trimStart().startsWith("- "));
  }

  #content(start: number, from: number, end: number): void {
    let at = from;
    while (/^-(\s|$)/.test(this.#text.slice(at, Math.min(at + 2, end)))) {
      this.#item(at - start);
      at += 1;
      while (at < end && this.#text[at] === " ") at += 1;
    }
    const column = at - start;
    const rest = this.#text.slice(at, end);
    const key = KEY.exec(rest);
    if (!key) {
      const slot = this.#slotFor(column);
      if (/^[{["']/.test(rest)) this.#value(slot, at, end, column);
      else {
        if (this.#isIn(at, end)) this.#begin(at, column);
        if (slot && rest !== "" && !rest.startsWith("#")) slot.put({ kind: "scalar", text: rest.trim() });
      }
      return;
    }
    const name = key[1] ?? key[2] ?? key[3] ?? "";
    const map = this.#mapAt(column);
    if (!map) return;
    const colon = at + key[0].length;
    if (this.#isIn(at, colon - 1)) this.#at({ path: map.path, from: at, key: true });
    const entry = { key: name, value: null };
    (map.node as YamlMap).entries.push(entry);
    this.#value(slotOf(entry, map.path), colon, end, column);
  }

  /** A dash. */
  #item(column: number): void {
    while (this.#top && (this.#top.column > column || (this.#top.column === column && this.#top.flow)))
      this.#stack.pop();
    let list = this.#top;
    if (list?.node.kind !== "list" || list.column !== column) {
      const slot = this.#freeSlot();
      if (!slot) return;
      list = this.#open({ kind: "list", items: [] }, slot, column);
    }
    (list.node as YamlList).items.push(null);
  }

  /** The mapping that a key in this column is of. */
  #mapAt(column: number): Frame | null {
    const slot = this.#slotFor(column);
    const top = this.#top;
    if (top?.node.kind === "map" && top.column === column) return top;
    return slot ? this.#open({ kind: "map", entries: [] }, slot, column) : null;
  }

  /** Closes what ends before this column; answers the place for a value that begins in it. */
  #slotFor(column: number): Slot | null {
    while (this.#top && (this.#top.column > column || (this.#top.node.kind === "list" && this.#top.column >= column)))
      this.#stack.pop();
    const top = this.#top;
    return top && top.column >= column ? null : this.#freeSlot();
  }

  #freeSlot(): Slot | null {
    if (this.#top) return freeSlot(this.#top);
    if (this.#root) return null;
    const put = (value: Yaml): void => {
      this.#root = value;
    };
    return { path: [], put };
  }

  #open(node: YamlMap | YamlList, slot: Slot, column: number, flow = false): Frame {
    slot.put(node);
    const frame = { node, path: slot.path, column, flow, atKey: node.kind === "map" };
    this.#stack.push(frame);
    return frame;
  }

  /** A line has begun in this column: a key of the mapping there, or the first of one, or a value. */
  #begin(from: number, column: number): void {
    const frames = this.#stack.filter(
      ({ column: its, node }) => its < column || (its === column && node.kind === "map"),
    );
    const top = frames.at(-1);
    if (!top || (top.column === column && top.node.kind === "map")) {
      this.#at({ path: top?.path ?? [], from, key: true });
      return;
    }
    const last = top.node.kind === "map" ? top.node.entries.at(-1) : null;
    const free = top.node.kind === "list" ? top.node.items.at(-1) === null : last?.value === null;
    if (!free) return;
    const step = top.node.kind === "list" ? top.node.items.length - 1 : (last?.key ?? "");
    this.#at({ path: [...top.path, step], from, key: true, value: true });
  }

  /** What stands behind a colon, or behind a dash and in quotes or braces. */
  #value(slot: Slot | null, from: number, end: number, column: number): void {
    let at = from;
    while (at < end && this.#text[at] === " ") at += 1;
    const rest = this.#text.slice(at, end);
    const path = slot?.path ?? [];
    if (rest.startsWith("{") || rest.startsWith("[")) {
      if (slot) this.#flow(at, end, slot);
    } else if (/^[|>]/.test(rest)) {
      this.#block = column;
      this.#blockPath = path;
      slot?.put({ kind: "scalar", text: "" });
    } else if (rest.startsWith('"') || rest.startsWith("'")) {
      slot?.put({ kind: "scalar", text: this.#quoted(at, end, path).text });
    } else {
      const comment = rest.search(/(^|\s)#/);
      const to = comment < 0 ? end : at + comment;
      if (this.#caret > from && this.#isIn(Math.min(at, this.#caret), to))
        this.#at({ path, from: Math.min(at, this.#caret), value: true });
      const text = this.#text.slice(at, to).trim();
      if (text !== "") slot?.put({ kind: "scalar", text });
      else if (this.#caret === from && this.#isIn(from, end)) this.#at({ path, from, value: true });
    }
  }

  /** A text in quotes; one that is not closed ends with its line. */
  #quoted(from: number, end: number, path: Path, key = false): { to: number; text: string } {
    const quote = this.#text[from] as '"' | "'";
    let to = from + 1;
    while (to < end && this.#text[to] !== quote) to += quote === '"' && this.#text[to] === "\\" ? 2 : 1;
    to = Math.min(to, end);
    if (this.#isIn(from + 1, to)) this.#at({ path, from: from + 1, quote, key, value: !key });
    return { to: to + 1, text: this.#text.slice(from + 1, to) };
  }

  /** What stands in braces and brackets, as far as this line goes. */
  #flow(from: number, end: number, first?: Slot): void {
    let at = from;
    let slot = first ?? null;
    while (at <= end) {
      const gap = at;
      while (at < end && /\s/.test(this.#text.charAt(at))) at += 1;
      const frame = this.#top;
      if (!slot && !frame?.flow) return; // all closed
      if (frame?.flow && !slot && this.#isIn(gap, at)) this.#inFlow(frame, this.#caret);
      if (at >= end) return;
      const c = this.#text.charAt(at);
      if (c === "{" || c === "[") {
        const column = this.#stack.findLast(({ flow }) => !flow)?.column ?? 0;
        const into = slot ?? this.#flowSlot(frame);
        this.#open(c === "{" ? { kind: "map", entries: [] } : { kind: "list", items: [] }, into, column, true);
        slot = null;
        at += 1;
      } else if (c === "}" || c === "]") {
        this.#stack.pop();
        at += 1;
      } else if (c === ",") {
        if (frame) frame.atKey = frame.node.kind === "map";
        at += 1;
      } else if (c === ":") {
        at += 1;
      } else if (c === "#" && gap < at) return;
      else if (frame) at = this.#flowScalar(frame, at, end);
    }
  }

  #flowScalar(frame: Frame, from: number, end: number): number {
    const key = frame.atKey;
    const slot = key ? null : this.#flowSlot(frame);
    const path = slot?.path ?? frame.path;
    let to = from;
    let text = "";
    if (/["']/.test(this.#text.charAt(from))) ({ to, text } = this.#quoted(from, end, path, key));
    else {
      while (to < end && !/[,{}[\]]/.test(this.#text.charAt(to)) && !/^:(\s|$)/.test(this.#text.slice(to, to + 2)))
        to += 1;
      text = this.#text.slice(from, to).trim();
      if (this.#isIn(from, to)) this.#at({ path, from, key, value: !key });
    }
    if (key && /^\s*:/.test(this.#text.slice(to, end))) {
      (frame.node as YamlMap).entries.push({ key: text, value: null });
      frame.atKey = false;
    } else slot?.put({ kind: "scalar", text });
    return to;
  }

  /** The place for the value that comes next. */
  #flowSlot(frame: Frame | undefined): Slot {
    if (frame?.node.kind === "list") frame.node.items.push(null);
    return this.#freeSlot() ?? { path: frame?.path ?? [], put: () => {} };
  }

  #inFlow({ node, path, atKey }: Frame, from: number): void {
    if (atKey) this.#at({ path, from, key: true });
    else if (node.kind === "list") this.#at({ path: [...path, node.items.length], from, value: true });
    else {
      const entry = node.entries.at(-1);
      if (entry?.value === null) this.#at({ path: [...path, entry.key], from, value: true });
    }
  }

  #isIn(from: number, to: number): boolean {
    return this.#caret >= from && this.#caret <= to;
  }

  #at(place: Partial<Place> & { readonly path: Path; readonly from: number }): void {
    const text = this.#text.slice(place.from, this.#caret);
    this.#place ??= { key: false, value: false, quote: "", ...place, text };
  }
}
