import type { TemplateResult } from "lit";
import { diagramTable } from "../views/diagram-table.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** What the diagram shows, told. */
export class TableTab implements Tab {
  readonly id = "table";
  readonly name = "Table";
  readonly title = "The same in words, a row an event";

  view({ recording }: TabBench): TemplateResult {
    const { items, index, cursor } = recording;
    return diagramTable({
      items,
      excerpt: recording.around,
      index,
      cursor,
      event: (seq) => recording.timeline.event(seq),
      say: (seq) => recording.say(seq),
    });
  }
}
