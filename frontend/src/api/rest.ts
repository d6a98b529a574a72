import { fromBase64, toBase64 } from "../base/base64.ts";

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

/** Tells the server something that it answers nothing to; what cannot be told now is not told. */
export async function post(
  path: string,
  csrf: { readonly name: string; readonly value: string } | null | undefined,
): Promise<void> {
  if (!csrf) return;
  try {
    await fetch(path, { method: "POST", body: new URLSearchParams({ [csrf.name]: csrf.value }) });
  } catch {
    // it is told the next time
  }
}

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

/** What programs are compiled against, as `GET /api/v1/sysroot` has it: files in base64. */
interface SysrootBody {
  readonly compile: readonly string[];
  readonly link: readonly string[];
  readonly files: Readonly<Record<string, string>>;
}

/** Headers, library and flags for C programs. */
export async function fetchSysroot(): Promise<{
  compile: readonly string[];
  link: readonly string[];
  files: Record<string, Uint8Array>;
}> {
  const response = await fetch("/api/v1/sysroot", { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("The headers for C programs cannot be had just now.");
  const { compile, link, files } = (await response.json()) as SysrootBody;
  const octets = Object.entries(files).map(([path, text]) => [path, fromBase64(text)] as const);
  return { compile, link, files: Object.fromEntries(octets) };
}

/** What a compiler says, as REST tells it: without the plain words. */
export interface ToldMessage {
  readonly severity: "error" | "warning" | "note";
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** Why a program was not taken. */
export class NotTaken extends Error {
  /** What the server's compiler says of it, where that is why. */
  readonly messages: readonly ToldMessage[];

  constructor(detail: string, messages: readonly ToldMessage[]) {
    super(detail);
    this.messages = messages;
  }
}

/**
 * Brings a program: a server with a compiler takes the source, others the module. Answers what `exec` calls it.
 *
 * @throws NotTaken if it is not taken
 */
export async function addProgram(
  title: string,
  sources: Readonly<Record<string, string>>,
  wasm: Uint8Array,
  csrf: string,
): Promise<string> {
  const response = await fetch("/api/v1/programs", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-XSRF-TOKEN": csrf },
    body: JSON.stringify({ title, sources, wasm: toBase64(wasm) }),
  });
  const body = (await response.json()) as {
    readonly name?: string;
    readonly detail?: string;
    readonly messages?: readonly ToldMessage[];
  };
  if (!response.ok || !body.name) throw new NotTaken(body.detail ?? "The program was not taken.", body.messages ?? []);
  return body.name;
}
