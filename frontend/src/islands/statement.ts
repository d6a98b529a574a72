import type { CheckResult } from "../api/frames.ts";

/** In the statement a task names its checks in `data-task`; it is done when all of them are. */
export function markTasks(statement: Element | null, checks: readonly CheckResult[]): void {
  for (const item of statement?.querySelectorAll<HTMLElement>("[data-task]") ?? []) {
    const ids = (item.dataset["task"] ?? "").split(/\s+/).filter((id) => id !== "");
    const done =
      ids.length > 0 && ids.every((id) => checks.some((check) => check.id === id && check.status === "PASS"));
    item.dataset["status"] = done ? "PASS" : "NOT_EXERCISED";
  }
}
