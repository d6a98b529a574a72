import type { TemplateResult } from "lit";
import { memoryView } from "../views/memory.ts";
import { memory } from "../views/memory-layout.ts";
import type { Tab, TabBench } from "./bench-tabs.ts";

/** What buffers take of memory. */
export class MemoryTab implements Tab {
  readonly id = "memory";
  readonly name = "Memory";
  readonly title = "What each socket and ring takes of memory at the cursor, as the kernel accounts it";

  view({ recording }: TabBench): TemplateResult {
    return memoryView(memory(recording.state));
  }
}
