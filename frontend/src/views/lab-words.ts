import type { LabLanguage } from "../api/lab-language.ts";
import { complete } from "./completion.ts";

/** A word that can be written, with what it means. */
export interface Word {
  readonly text: string;
  /** A few words beside it. */
  readonly detail: string;
  /** What is told of it at length. */
  readonly info: string;
}

/** What can be written at the end of a text; `from` counts from its beginning. */
export interface Words {
  readonly from: number;
  readonly words: readonly Word[];
}

/** What the lab itself has given names to. */
export interface Names {
  readonly hosts: readonly string[];
  readonly parameters: readonly string[];
  readonly checks: readonly string[];
  readonly predictions: readonly string[];
  readonly files: readonly string[];
}

const NONE: Words = { from: 0, words: [] };

export const word = (text: string, detail = "", info = ""): Word => ({ text, detail, info });

/** A parameter where braces are open, in whatever text. */
export function parameterWords(text: string, { parameters }: Names): Words | null {
  const open = /\{\{((?:[^}]*[^\w}])?)(\w*)$/.exec(text);
  if (!open) return null;
  return { from: text.length - (open[2]?.length ?? 0), words: parameters.map((name) => word(name, "parameter")) };
}

/** A line of a script: a host's name, a call, its arguments. */
export function scriptWords(text: string, language: LabLanguage, names: Names): Words {
  const head = /^\s*(?:\+?[\d.]+\w*\s+)?(\w*)$/.exec(text);
  const known = complete(text, text.length, language.calls, { hosts: names.hosts, fds: [] });
  const words = known.suggestions.map(({ text: name, detail }) => word(name, detail, callInfo(name, language)));
  if (!head) return { from: known.from, words };
  const hosts = names.hosts.map((host) => word(`${host}: `, "host"));
  return { from: text.length - (head[1]?.length ?? 0), words: [...hosts, ...words] };
}

function callInfo(name: string, { calls }: LabLanguage): string {
  const call = calls.find((known) => `${known.name}(` === name);
  return call ? `${call.signature}\n${call.summary}` : "";
}

/** The end of a condition, as in `server.listen[8080].acceptq <= 3`. */
export function conditionWords(text: string, language: LabLanguage, names: Names): Words {
  const inside = patternIn(text);
  if (inside !== null) return shifted(patternWords(text.slice(inside), language, names), inside);
  const { vocabulary } = language;
  if (/state\s*[=!]=\s*\w*$/.test(text)) return behind(text, /\w*$/, states(language));
  const predicted = /\bpredict\.[\w-]*$/.exec(text);
  if (predicted) {
    return behind(
      text,
      /[\w-]*$/,
      names.predictions.map((id) => word(id, "prediction")),
    );
  }
  const dotted = /\b([A-Za-z_][\w-]*(?:\[[^\]]*\])?)\.(?:(listen|udp|conn|child|task)\[[^\]]*\]\.)?([\w.]*)$/.exec(
    text,
  );
  if (dotted) return metricWords(dotted[2] ?? "", text, dotted[3] ?? "", language);
  const hosts = names.hosts.map((host) => word(`${host}.`, "host"));
  const functions = vocabulary.functions.map(({ name, meaning }) =>
    word(name.slice(0, name.indexOf("(") + 1), name, meaning),
  );
  const said = names.predictions.length > 0 ? [word("predict.", "", "what the student said beforehand")] : [];
  return behind(text, /[A-Za-z_]\w*$|$/, [...hosts, ...functions, ...said]);
}

function metricWords(selector: string, text: string, written: string, { vocabulary }: LabLanguage): Words {
  const { connection, listener, datagram, costs, host } = vocabulary;
  const from = text.length - written.length;
  if (written.startsWith("cost.")) return { from: from + "cost.".length, words: entries(costs) };
  if (selector === "listen") return { from, words: entries(listener) };
  if (selector === "udp") return { from, words: entries(datagram) };
  if (selector === "task") return { from, words: [word("cost.", "", "what its calls have cost")] };
  if (selector !== "") return { from, words: entries(connection) };
  const selectors = host.map(({ name, meaning }) =>
    word(name.replace(/\[.*/, "[").replace(/^cost$/, "cost."), name, meaning),
  );
  return { from, words: [...selectors, ...entries(connection)] };
}

/** Where the text of a pattern begins that is open in a function; null in none. */
function patternIn(text: string): number | null {
  const functions = /\b(count|exists|sum|time|since)\(/g;
  for (let found = functions.exec(text); found; found = functions.exec(text)) {
    let depth = 1;
    let start = functions.lastIndex;
    let pattern = found[1] !== "since";
    for (let i = start; i < text.length && depth > 0; i += 1) {
      const c = text[i];
      if (c === "(") depth += 1;
      else if (c === ")") depth -= 1;
      else if (c === "," && depth === 1 && !pattern) {
        pattern = true;
        start = i + 1;
      }
    }
    if (depth > 0 && pattern) return start;
  }
  return null;
}

const FLAGS: readonly Word[] = [
  word("S", "SYN"),
  word("S.", "SYN and ACK"),
  word(".", "ACK alone"),
  word("P.", "PSH and ACK: data"),
  word("F.", "FIN and ACK"),
  word("R", "RST"),
  word("R.", "RST and ACK"),
  word("any", "whatever flags"),
  word("udp", "a datagram"),
  word("icmp", "an ICMP message"),
];
const WHO = String.raw`(?:\*|[A-Za-z_][\w-]*(?:\[[^\]]*\])?(?:\.\d+|\.tcp(?:\[[^\]]*\])?)?)`;
const CALL = new RegExp(`^${WHO}:\\s+`);

/** The end of a pattern line, as in `server: listen(*, 3) = 0`. */
export function patternWords(text: string, language: LabLanguage, names: Names): Words {
  const start = text.lastIndexOf(" | ") < 0 ? 0 : text.lastIndexOf(" | ") + 3;
  const pattern = text.slice(start);
  const lead = pattern.length - pattern.trimStart().length;
  return shifted(lineWords(pattern.trimStart(), language, names), start + lead);
}

function lineWords(line: string, language: LabLanguage, names: Names): Words {
  const { vocabulary, rules } = language;
  if (/\breason=\w*$/.test(line)) return behind(line, /\w*$/, entries(vocabulary.reasons));
  if (/\brule=[\w.]*$/.test(line)) {
    return behind(
      line,
      /[\w.]*$/,
      rules.map(({ id, source, sentence }) => word(id, source, sentence)),
    );
  }
  if (/->\s*\w*$/.test(line) || /\.tcp(\[[^\]]*\])?:\s*\w*$/.test(line)) return behind(line, /\w*$/, states(language));
  if (/\btimer\s+\w*$/.test(line)) {
    return behind(
      line,
      /\w*$/,
      vocabulary.timers.map((name) => word(name, "timer")),
    );
  }
  if (/\btimer\s+\w+\s+\w*$/.test(line))
    return behind(
      line,
      /\w*$/,
      ["fires", "set", "cancelled"].map((verb) => word(verb)),
    );
  if (/[<>]\s+[\w.]*$/.test(line)) return behind(line, /[\w.]*$/, FLAGS);
  const call = CALL.exec(line);
  if (call) return shifted(callWords(line.slice(call[0].length), language, names), call[0].length);
  const event = new RegExp(`^(?:${WHO}\\s+)?([A-Z]\\w+)\\s(?:.*\\s)?\\w*$`).exec(line);
  const fields = vocabulary.events.find(({ name }) => name === event?.[1])?.fields;
  if (fields) {
    const own = fields.map(({ name, meaning }) => word(`${name}=`, meaning));
    return behind(line, /\w*$/, [...own, word("rule=", "the rule that decided it")]);
  }
  if (new RegExp(`^${WHO}\\s+\\w*$`).test(line)) return behind(line, /\w*$/, [...verbs(), ...events(language)]);
  if (/^[A-Za-z_*]?[\w-]*$/.test(line)) {
    const hosts = [...names.hosts, "*"].flatMap((host) => [
      word(`${host}: `, "makes a call"),
      word(`${host} > `, "sends"),
      word(`${host} < `, "receives"),
      word(`${host}.tcp: `, "changes its state"),
      word(`${host} `, "anything else that happens there"),
    ]);
    return { from: 0, words: [...hosts, ...events(language)] };
  }
  return NONE;
}

const verbs = (): Word[] => [
  word("> ", "sends"),
  word("< ", "receives"),
  word("drop reason=", "a packet is lost"),
  word("timer ", "is set, fires or is cancelled"),
];

/** Behind a host and a colon. */
function callWords(text: string, language: LabLanguage, names: Names): Words {
  const name = /^(?:[\w|]*\|)?(\w*)$/.exec(text);
  if (name) {
    const words = language.calls.map((call) =>
      word(`${call.name}(`, call.summary, callInfo(`${call.name}(`, language)),
    );
    return { from: text.length - (name[1]?.length ?? 0), words };
  }
  const failed = /^([\w|]+)\(.*\)\s*=\s*-1\s+\w*$/.exec(text);
  if (failed) {
    const called = failed[1]?.split("|") ?? [];
    const errors = language.calls.filter((call) => called.includes(call.name)).flatMap((call) => call.errors);
    return behind(
      text,
      /\w*$/,
      errors.map(({ errno, text: says, cause }) => word(errno, says, cause)),
    );
  }
  if (/\)\s*$/.test(text)) return { from: text.length, words: results(text.endsWith(" ") ? "" : " ") };
  const known = complete(text, text.length, language.calls, { hosts: names.hosts, fds: [] });
  const rest = /\(\s*\w*\.{0,2}$/.test(text) ? [word("...)", "whatever arguments")] : [];
  return { from: known.from, words: [...known.suggestions.map((s) => word(s.text, s.detail)), ...rest] };
}

const results = (gap: string): Word[] => [
  word(`${gap}= 0`, "has returned 0"),
  word(`${gap}= -1 `, "has failed"),
  word(`${gap}= 0..`, "has returned 0 or more"),
  word(`${gap}blocks`, "waits"),
];

function events({ vocabulary }: LabLanguage): Word[] {
  return vocabulary.events.map(({ name, fields }) =>
    word(name, "event", fields.map((field) => `${field.name}: ${field.meaning}`).join("\n")),
  );
}

function states({ vocabulary }: LabLanguage): Word[] {
  return vocabulary.states.map((state) => word(state, "state"));
}

function entries(of: readonly { readonly name: string; readonly meaning: string }[]): Word[] {
  return of.map(({ name, meaning }) => word(name, "", meaning));
}

function behind(text: string, written: RegExp, words: readonly Word[]): Words {
  return { from: written.exec(text)?.index ?? text.length, words };
}

function shifted({ from, words }: Words, by: number): Words {
  return { from: from + by, words };
}
