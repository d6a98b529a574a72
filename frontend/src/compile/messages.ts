/** What a compiler or linker says of a program. */
export interface Message {
  readonly severity: "error" | "warning" | "note";
  /** Empty where it is of no file: the linker's. */
  readonly file: string;
  /** From 1; 0 where it is of no line. */
  readonly line: number;
  readonly column: number;
  /** As clang gives it. */
  readonly text: string;
  /** The flag that asks for it: `-Wunused-variable`. */
  readonly flag: string;
  /** The same in other words, for the mistakes that are usual; empty for others. */
  readonly plain: string;
}

const AT = /^([^:\n]+):(\d+):(\d+): (fatal error|error|warning|note): (.*)$/;
const LINKER = /^wasm-ld: (error|warning): (.*)$/;
const FLAG = / \[(-W[\w=-]+(?:,-W[\w=-]+)*)\]$/;

/** Reads what clang and wasm-ld print. Lines that only show the source again are left out. */
export function readMessages(output: string): Message[] {
  return output.split("\n").flatMap((line) => {
    const at = AT.exec(line);
    if (at) {
      const [, file = "", row, column, severity = "", rest = ""] = at;
      const kind = severity.endsWith("error") ? "error" : (severity as Message["severity"]);
      return [message(kind, file, Number(row), Number(column), rest)];
    }
    const linker = LINKER.exec(line);
    return linker ? [message(linker[1] as "error" | "warning", "", 0, 0, linker[2] ?? "")] : [];
  });
}

function message(severity: Message["severity"], file: string, line: number, column: number, said: string): Message {
  const flag = FLAG.exec(said)?.[1] ?? "";
  const text = said.replace(FLAG, "");
  return { severity, file, line, column, text, flag, plain: inPlainWords(text) };
}

/** The mistakes that people make when they begin, and what they come to. */
const USUAL: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^expected ';' (.*)$/, (where) => `A semicolon is missing ${where}: look at the end of the line before, too.`],
  [
    /^use of undeclared identifier '(.+)'$/,
    (name) => `Nothing here is called ${name}: look at its spelling, or declare it before it is used.`,
  ],
  [
    /^call to undeclared function '(\w+)'/,
    (name) => `${name}() is not declared: include the header that its man page names, or look at its spelling.`,
  ],
  [
    /^undefined symbol: (\w+)$/,
    (name) => `${name} is declared but nowhere defined: no file of the program has it, nor has the library.`,
  ],
  [/undefined symbol: main$/, () => "There is no main(): that is where a program begins."],
  [
    /^'(.+)' file not found$/,
    (file) => `There is no header ${file} here. The ones of socket programs are there; look at its spelling.`,
  ],
  [
    /^incompatible pointer types passing '(.+)' to parameter of type '(.+)'/,
    (given, wanted) =>
      `It takes a ${wanted} and is given a ${given}. Calls of sockets take struct sockaddr *: cast the address.`,
  ],
  [
    /^incompatible (integer to pointer|pointer to integer) conversion/,
    (which) =>
      which.startsWith("integer")
        ? "A number stands where an address belongs: is an & missing?"
        : "An address stands where a number belongs.",
  ],
  [
    /^format specifies type '(.+)' but the argument has type '(.+)'/,
    (wanted, given) =>
      `The format of printf() says ${wanted}, what is given is ${given}: correct the letter behind the %.`,
  ],
  [/^control reaches end of non-void function/, () => "The function promises a value and can end without return."],
  [/^non-void function does not return a value/, () => "The function promises a value and has no return."],
  [
    /^too (few|many) arguments to function call, expected (\d+), have (\d+)/,
    (_, wanted, given) => `It takes ${wanted} arguments and is given ${given}.`,
  ],
  [
    /^using the result of an assignment as a condition/,
    () => "= assigns; to compare, write ==. If it is meant, put it in brackets of its own.",
  ],
  [/^expected '}'$/, () => "A closing brace is missing: somewhere above a { has no }."],
  [/^extraneous closing brace/, () => "There is one } too many: look whether the function was closed before."],
  [/^variable '(\w+)' is uninitialized/, (name) => `${name} is used before anything was put into it.`],
  [/^expected expression$/, () => "Something is missing here: an operand, or a bracket before it."],
  [/^expected '\)'$/, () => "A closing bracket is missing."],
  [/^no member named '(\w+)' in '(.+)'$/, (member, struct) => `${struct} has no member ${member}: see its man page.`],
  [/^redefinition of '(\w+)'$/, (name) => `${name} is defined twice.`],
];

/** What a message of clang means, in a sentence; empty if it is none of the usual ones. */
export function inPlainWords(text: string): string {
  for (const [pattern, say] of USUAL) {
    const found = pattern.exec(text);
    if (found) return say(...found.slice(1));
  }
  return "";
}
