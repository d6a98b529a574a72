import type { LabLanguage } from "../api/lab-language.ts";
import { keysOf, meaningOf, type Schema, valuesOf, type Way, waysAt } from "./lab-schema.ts";
import {
  conditionWords,
  type Names,
  parameterWords,
  patternWords,
  scriptWords,
  type Word,
  type Words,
  word,
} from "./lab-words.ts";
import { type Place, type Scan, scanYaml } from "./yaml-place.ts";
import { keysAt, type Path, textsAt, type Yaml } from "./yaml-tree.ts";

/** What a lab file has given names to; `files` are those of its folder. */
export function namesIn(root: Yaml | null, files: readonly string[]): Names {
  return {
    hosts: keysAt(root, ["topology", "hosts"]),
    parameters: keysAt(root, ["params"]),
    checks: textsAt(root, ["checks", null, "id"]),
    predictions: textsAt(root, ["predictions", null, "id"]),
    files,
  };
}

/** What can be written at a caret in lab.yaml. */
export function labWords(text: string, caret: number, language: LabLanguage, files: readonly string[]): Words {
  const { root, place } = scanYaml(text, caret);
  if (!place) return { from: caret, words: [] };
  const names = namesIn(root, files);
  const schema = language.schema as Schema;
  const inside = place.key && !place.value ? null : inValue(place, waysAt(schema, place.path), language, names);
  if (inside && inside.words.length > 0 && !place.key) return { ...inside, from: inside.from + place.from };
  const colon = /^[\w.-]*\s*:/.test(text.slice(caret)) ? "" : ": ";
  const present = keysAt(root, place.path).filter((key) => colon !== "" || !isAt(text, place, key));
  const keys = place.key
    ? keysOf(schema, place.path, present).map(({ key, description, required }) =>
        word(key + colon, required ? "needed" : "", description),
      )
    : [];
  return { from: place.from, words: [...keys, ...(inside?.words ?? [])] };
}

function isAt(text: string, { from }: Place, key: string): boolean {
  return text.startsWith(key, from);
}

function inValue(place: Place, ways: readonly Way[], language: LabLanguage, names: Names): Words {
  const { text, quote, path } = place;
  const parameter = parameterWords(text, names);
  if (parameter) return parameter;
  if (quote === "|" && path[0] === "peers") return scriptWords(text, language, names);
  const kinds = ways.map(({ name }) => name);
  if (kinds.includes("pattern")) return patternWords(text, language, names);
  if (kinds.includes("condition")) return conditionWords(text, language, names);
  const rules = new Map(language.rules.map(({ id, sentence }) => [id, sentence]));
  const listed = valuesOf(ways).map((value) => word(value, "", rules.get(value) ?? ""));
  return { from: 0, words: [...listed, ...namedBy(path, names)] };
}

/** Names of the lab's own, where one belongs. */
function namedBy(path: Path, { hosts, checks, predictions, files }: Names): Word[] {
  const where = path.map((step) => (typeof step === "number" ? "#" : step)).join("/");
  const host =
    /^student\/hosts\/#$|^topology\/links\/#\/(a|b)$|^topology\/lans\/[^/]+\/hosts\/#$|\/(gateway|via|from)$/;
  if (host.test(where)) return hosts.map((name) => word(name, "host"));
  if (/^mistakes\/#\/fails\/#$/.test(where))
    return [...checks.map((id) => word(id, "check")), ...predictions.map((id) => word(id, "prediction"))];
  const folder = /^student\/starter$/.test(where)
    ? "starter/"
    : /^mistakes\/#\/mutant(\/#)?$/.test(where)
      ? "mutants/"
      : where.endsWith("/snippet")
        ? "hints/"
        : null;
  return folder === null ? [] : files.filter((file) => file.startsWith(folder)).map((file) => word(file, "file"));
}

/** What can be written in a statement: parameters, and the checks that a task is about. */
export function statementWords(text: string, names: Names): Words {
  const parameter = parameterWords(text, names);
  if (parameter) return parameter;
  const task = /\[task\]\((?:[\w-]*,\s*)*([\w-]*)$/.exec(text);
  if (!task) return { from: 0, words: [] };
  const ids = [
    ...names.checks.map((id) => word(id, "check")),
    ...names.predictions.map((id) => word(id, "prediction")),
  ];
  return { from: text.length - (task[1]?.length ?? 0), words: ids };
}

/** What a word of lab.yaml means, for who points at it; null for nothing that is known. */
export function labMeaning(
  text: string,
  at: number,
  language: LabLanguage,
): { readonly from: number; readonly to: number; readonly title: string; readonly meaning: string } | null {
  const before = /[\w.-]*$/.exec(text.slice(0, at))?.[0] ?? "";
  const after = /^[\w.-]*/.exec(text.slice(at))?.[0] ?? "";
  const name = before + after;
  if (name === "") return null;
  const [from, to] = [at - before.length, at + after.length];
  const { place }: Scan = scanYaml(text, to);
  if (!place) return null;
  const schema = language.schema as Schema;
  const isKey = place.key && /^\s*:(\s|$)/.test(text.slice(to));
  const meaning = isKey ? meaningOf(schema, [...place.path, name]) : wordMeaning(name, language);
  return meaning === "" ? null : { from, to, title: name, meaning };
}

/** A word of an expression or a script; of a metric with its host, its longest ending that is known. */
export function wordMeaning(name: string, { vocabulary, calls, rules }: LabLanguage): string {
  const call = calls.find((known) => known.name === name);
  if (call) return `${call.signature}\n${call.summary}\nReturns: ${call.returns}`;
  const rule = rules.find(({ id }) => id === name);
  if (rule) return `${rule.sentence}\n${rule.source}`;
  const event = vocabulary.events.find((known) => known.name === name);
  if (event) return `Event, with ${event.fields.map((field) => field.name).join(", ")}`;
  const { functions, host, connection, listener, datagram, costs, reasons } = vocabulary;
  const all = [...connection, ...listener, ...datagram, ...costs, ...reasons, ...functions, ...host];
  for (let rest = name; rest !== ""; rest = rest.includes(".") ? rest.slice(rest.indexOf(".") + 1) : "") {
    const found = all.find((entry) => entry.name.replace(/[([].*/, "") === rest);
    if (found) return found.meaning;
  }
  return "";
}
