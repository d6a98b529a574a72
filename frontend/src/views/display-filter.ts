import { FIELDS, type FieldValue, type Filtered, type FilterField, fieldNamed } from "./filter-fields.ts";

/** A filter that cannot be understood: what was expected, and where, counted from 0. */
export interface FilterError {
  readonly at: number;
  readonly length: number;
  readonly message: string;
}

export type Filter =
  | { readonly test: (frame: Filtered) => boolean; readonly error: null }
  | { readonly test: null; readonly error: FilterError };

type Test = (frame: Filtered) => boolean;

interface Token {
  readonly text: string;
  readonly at: number;
}

class Misread extends Error {
  constructor(
    readonly token: Token,
    message: string,
  ) {
    super(message);
  }
}

/** Reads an expression in Wireshark's spelling: `tcp.flags.syn == 1 && !(ip.src == 10.0.0.1)`. */
export function readFilter(text: string): Filter {
  if (text.trim() === "") return { test: () => true, error: null };
  try {
    return { test: new Reader(tokens(text), text.length).whole(), error: null };
  } catch (problem) {
    if (!(problem instanceof Misread)) throw problem;
    const { token, message } = problem;
    return { test: null, error: { at: token.at, length: Math.max(token.text.length, 1), message } };
  }
}

const TOKEN = /"[^"]*"?|\|\||&&|[=!<>]=|[<>!()&]|[^\s()!<>=&|"]+|[=|]/g;

function tokens(text: string): Token[] {
  return Array.from(text.matchAll(TOKEN), (match) => ({ text: match[0], at: match.index }));
}

const COMPARISONS: Readonly<Record<string, string>> = {
  "==": "==",
  eq: "==",
  "!=": "!=",
  ne: "!=",
  "<": "<",
  lt: "<",
  "<=": "<=",
  le: "<=",
  ">": ">",
  gt: ">",
  ">=": ">=",
  ge: ">=",
  contains: "contains",
};

const OR: ReadonlySet<string> = new Set(["||", "or"]);
const AND: ReadonlySet<string> = new Set(["&&", "and"]);
const NOT: ReadonlySet<string> = new Set(["!", "not"]);

/** `or` binds least, then `and`, then `not`. */
class Reader {
  #next = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly end: number,
  ) {}

  whole(): Test {
    const test = this.#or();
    const rest = this.tokens[this.#next];
    if (rest) throw new Misread(rest, `expected && or ||, found ${rest.text}`);
    return test;
  }

  #or(): Test {
    let left = this.#and();
    while (this.#take(OR)) {
      const [a, b] = [left, this.#and()];
      left = (frame) => a(frame) || b(frame);
    }
    return left;
  }

  #and(): Test {
    let left = this.#not();
    while (this.#take(AND)) {
      const [a, b] = [left, this.#not()];
      left = (frame) => a(frame) && b(frame);
    }
    return left;
  }

  #not(): Test {
    if (!this.#take(NOT)) return this.#atom();
    const test = this.#not();
    return (frame) => !test(frame);
  }

  #atom(): Test {
    const token = this.#token("a field, such as tcp.port, or (");
    if (token.text === "(") {
      const inside = this.#or();
      const close = this.#token(")");
      if (close.text !== ")") throw new Misread(close, `expected ), found ${close.text}`);
      return inside;
    }
    const field = fieldNamed(token.text);
    if (!field) throw new Misread(token, unknown(token.text));
    const operator = COMPARISONS[this.tokens[this.#next]?.text ?? ""];
    if (!operator) return (frame) => field.of(frame).length > 0;
    this.#next += 1;
    if (field.type === "protocol") throw new Misread(token, `${field.name} is a protocol: it stands alone`);
    return comparison(field, operator, this.#token(`a value for ${field.name}`));
  }

  #token(expected: string): Token {
    const token = this.tokens[this.#next];
    if (!token) throw new Misread({ text: "", at: this.end }, `expected ${expected}, found the end`);
    this.#next += 1;
    return token;
  }

  #take(words: ReadonlySet<string>): boolean {
    if (!words.has(this.tokens[this.#next]?.text ?? "")) return false;
    this.#next += 1;
    return true;
  }
}

function unknown(name: string): string {
  const near = completions(name)[0]?.name ?? FIELDS.find((field) => field.name.endsWith(`.${name}`))?.name;
  return `no field is called ${name}${near ? `; there is ${near}` : ""}`;
}

/** As Wireshark has it: `!=` holds if no value is equal, the others if one value is so. */
function comparison(field: FilterField, operator: string, token: Token): Test {
  if (operator === "contains") {
    const part = unquoted(token.text).toLowerCase();
    return (frame) => field.of(frame).some((value) => String(value).toLowerCase().includes(part));
  }
  if (field.type === "address") return addressTest(field, operator, token);
  const wanted = value(field, token);
  const holds = ORDER[operator];
  if (!holds) throw new Error(`no comparison ${operator}`);
  if (operator === "!=") {
    return (frame) => field.of(frame).length > 0 && !field.of(frame).includes(wanted);
  }
  return (frame) => field.of(frame).some((found) => holds(found, wanted));
}

const ORDER: Readonly<Record<string, (a: FieldValue, b: FieldValue) => boolean>> = {
  "==": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

function value(field: FilterField, token: Token): FieldValue {
  const text = unquoted(token.text);
  if (field.type === "text") return text;
  if (field.type === "bool") {
    if (/^(1|true)$/i.test(text)) return true;
    if (/^(0|false)$/i.test(text)) return false;
    throw new Misread(token, `expected 0 or 1 for ${field.name}, found ${token.text}`);
  }
  const number = /^(0x[0-9a-f]+|\d+(\.\d+)?)$/i.test(text) ? Number(text) : Number.NaN;
  if (Number.isNaN(number)) throw new Misread(token, `expected a number for ${field.name}, found ${token.text}`);
  return number;
}

function addressTest(field: FilterField, operator: string, token: Token): Test {
  if (operator !== "==" && operator !== "!=") throw new Misread(token, `an address is == or != another`);
  const [text = "", prefix] = token.text.split("/");
  const v6 = field.name.startsWith("ipv6");
  const wanted = v6 ? text.toLowerCase() : bits(text);
  const length = prefix === undefined ? 32 : Number(prefix);
  const isAddress = v6 ? /^[0-9a-f:]*:[0-9a-f:]*$/i.test(text) && prefix === undefined : wanted !== null;
  if (!isAddress || !(length >= 0 && length <= 32)) {
    throw new Misread(token, `expected an address for ${field.name}, such as ${v6 ? "fd00::1" : "10.0.0.1"}`);
  }
  const shift = 2 ** (32 - length);
  const same = (found: FieldValue): boolean =>
    v6 ? found === wanted : Math.floor(Number(bits(String(found))) / shift) === Math.floor(Number(wanted) / shift);
  if (operator === "==") return (frame) => field.of(frame).some(same);
  return (frame) => field.of(frame).length > 0 && !field.of(frame).some(same);
}

/** An IPv4 address as a number; null if it is none. */
function bits(address: string): number | null {
  const parts = address.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) return null;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

const unquoted = (text: string): string => text.replace(/^"|"$/g, "");

/** Fields whose names begin as what is being typed. */
export function completions(typed: string): readonly FilterField[] {
  return typed === "" ? [] : FIELDS.filter((field) => field.name.startsWith(typed));
}

/** The word that is being typed at the end of a filter, and what it may become. */
export function completionAt(text: string): { readonly from: number; readonly fields: readonly FilterField[] } {
  const from = text.length - (/[A-Za-z0-9_.]*$/.exec(text)?.[0].length ?? 0);
  return { from, fields: completions(text.slice(from)).filter(({ name }) => name !== text.slice(from)) };
}
