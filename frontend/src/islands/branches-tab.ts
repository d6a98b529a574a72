import type { TemplateResult } from "lit";
import { branchesView } from "../views/branches.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** The runs that were forked of this attempt. */
export class BranchesTab implements Tab {
  readonly id = "branches";
  readonly name = "Branches";
  readonly title = "Fork this run at the cursor, and compare what came of it";

  view({ boot, recording }: TabBench): TemplateResult {
    return branchesView({
      branches: boot.branches ?? [],
      run: boot.run,
      cursor: recording.cursor,
      csrf: boot.csrf ?? null,
    });
  }
}
