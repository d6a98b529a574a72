import { lineThatCalls } from "../views/call-lines.ts";
import type { TabBench } from "./bench-tabs.ts";
import { MOST_BREAKPOINTS } from "./breakpoints.ts";
import type { Editor } from "./editor.ts";

/** Sets or takes away where a program stops; says so where it stops elsewhere, or nowhere. */
export function toggleBreakpoint(bench: TabBench, editor: Editor, host: string, file: string, line: number): void {
  const { debugging } = bench;
  const set = debugging.breakpoints.of(host, file).some((each) => each.line === line);
  const at = set ? line : stopAt(bench, editor, host, file, line);
  debugging.said = "";
  if (at === null) debugging.said = `No line from ${line} on makes a call: nothing would stop there.`;
  else if (!debugging.breakpoints.toggle(host, file, { line: at, built: editor.built(at) })) {
    debugging.said = `There are ${MOST_BREAKPOINTS} breakpoints; take one away first.`;
  } else if (at !== line) debugging.said = `Line ${line} makes no call: running stops at line ${at}.`;
  editor.showBreakpoints(debugging.breakpoints.of(host, file));
}

/** A line that has made a call, or the next that will make one. */
function stopAt(bench: TabBench, editor: Editor, host: string, file: string, line: number): number | null {
  const called = bench.recording.lines.onLines(host, file).has(editor.built(line));
  const names = bench.calls().map(({ name }) => name);
  return called ? line : lineThatCalls(editor.text, line, names);
}
