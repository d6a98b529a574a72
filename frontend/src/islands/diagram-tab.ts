import type { TemplateResult } from "lit";
import { diagramView } from "../views/diagram.ts";
import { layout } from "../views/diagram-layout.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** The space-time diagram. */
export class DiagramTab implements Tab {
  readonly id = "diagram";
  readonly name = "Diagram";
  readonly title = "Every segment as an arrow, time running down";

  view({ recording, boot, width }: TabBench): TemplateResult {
    const hosts = boot.hosts.map(({ name }) => name);
    return diagramView({
      diagram: layout(recording.items, recording.index, { width, cursor: recording.cursor, hosts }),
      cursor: recording.cursor,
      addresses: new Map([
        ...boot.hosts.map(({ name, address }) => [name, address] as const),
        ...recording.index.hosts.map(({ name, addresses: [first = ""] }) => [name, first] as const),
      ]),
      say: (seq) => recording.say(seq),
    });
  }
}
