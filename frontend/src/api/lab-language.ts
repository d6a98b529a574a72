import { type CallInfo, fetchCalls, fetchRules, type RuleInfo } from "./rest.ts";

/** A name and what it stands for. */
export interface Entry {
  readonly name: string;
  readonly meaning: string;
}

/** What patterns and conditions can name, as `GET /api/v1/lab-vocabulary` has it. */
export interface Vocabulary {
  readonly functions: readonly Entry[];
  /** Behind a host and a dot. */
  readonly host: readonly Entry[];
  readonly connection: readonly Entry[];
  readonly listener: readonly Entry[];
  readonly datagram: readonly Entry[];
  readonly costs: readonly Entry[];
  readonly events: readonly { readonly name: string; readonly fields: readonly Entry[] }[];
  readonly reasons: readonly Entry[];
  readonly timers: readonly string[];
  readonly states: readonly string[];
}

/** All that the editor of a lab knows of its language. */
export interface LabLanguage {
  /** The JSON Schema of lab.yaml. */
  readonly schema: object;
  readonly vocabulary: Vocabulary;
  readonly calls: readonly CallInfo[];
  readonly rules: readonly RuleInfo[];
}

/** Null where it cannot be had just now: an editor works without. */
export async function fetchLabLanguage(): Promise<LabLanguage | null> {
  try {
    const [schema, vocabulary, calls, rules] = await Promise.all([
      fetchJson<object>("/api/v1/lab-schema"),
      fetchJson<Vocabulary>("/api/v1/lab-vocabulary"),
      fetchCalls(),
      fetchRules(),
    ]);
    return { schema, vocabulary, calls, rules };
  } catch {
    return null;
  }
}

async function fetchJson<T>(path: string): Promise<T> {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${path} is answered with ${response.status}`);
  return (await response.json()) as T;
}
