/** Comments, strings and characters of C: what stands in them is not called. */
const NOT_CODE = /\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g;

/** The line that calls something, at one or behind it; null if none does. */
export function lineThatCalls(text: string, line: number, calls: readonly string[]): number | null {
  if (calls.length === 0) return line; // not known yet
  const blank = (part: string): string => part.replace(/[^\n]/g, " ");
  const lines = text.replace(NOT_CODE, blank).split("\n");
  const call = new RegExp(`\\b(?:${calls.join("|")})\\s*\\(`);
  const found = lines.findIndex((code, i) => i >= line - 1 && call.test(code));
  return found < 0 ? null : found + 1;
}
