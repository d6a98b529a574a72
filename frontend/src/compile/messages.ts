import { inPlainWords } from "./plain-words.ts";

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

/** What another compiler has said, with plain words beside it. */
export function explained(told: Omit<Message, "flag" | "plain">): Message {
  return message(told.severity, told.file, told.line, told.column, told.text);
}

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
