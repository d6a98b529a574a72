/** A call as the catalogue of `GET /api/v1/calls` describes it. */
export interface CallInfo {
  readonly name: string;
  /** As its man page declares it. */
  readonly signature: string;
  readonly summary: string;
  /** The ways to write it here, the shortest first. */
  readonly forms: readonly string[];
  readonly example: string;
  readonly parameters: readonly Parameter[];
  readonly returns: string;
  readonly errors: readonly CallError[];
  readonly manPage: string;
}
export interface Parameter {
  readonly name: string;
  readonly meaning: string;
  readonly constants: readonly string[];
}
export interface CallError {
  readonly errno: string;
  readonly text: string;
  readonly cause: string;
  readonly tryThis: string;
}

/** A rule as `GET /api/v1/rules` describes it: what an event's `rule` names. */
export interface RuleInfo {
  readonly id: string;
  readonly source: string;
  readonly sentence: string;
  readonly misunderstanding?: string | null;
  /** What would have been different if it had not decided. */
  readonly otherwise?: string | null;
}

/** The bench works without help texts, so what cannot be had is an empty list. */
export const fetchCalls = (): Promise<readonly CallInfo[]> => fetchList<CallInfo>("/api/v1/calls");
export const fetchRules = (): Promise<readonly RuleInfo[]> => fetchList<RuleInfo>("/api/v1/rules");

async function fetchList<T>(path: string): Promise<readonly T[]> {
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" } });
    if (!response.ok) return [];
    const body: unknown = await response.json();
    return Array.isArray(body) ? (body as T[]) : [];
  } catch {
    return [];
  }
}
