import { Authoring } from "./authoring.ts";
import { Bench } from "./bench.ts";
import { copyOnClick } from "./copy.ts";
import { followVerification } from "./verification.ts";
import { followWall } from "./wall.ts";

/** What can stand in `data-island`, and what starts it. */
const ISLANDS: Readonly<Record<string, (root: HTMLElement) => void>> = {
  authoring: (root) => new Authoring(root).start(),
  bench: (root) => new Bench(root).start(),
  copy: copyOnClick,
  verification: followVerification,
  wall: followWall,
};

/** Starts the islands of a page. One that fails leaves the others, and what the server has written, as they are. */
export function startIslands(page: ParentNode): void {
  for (const root of page.querySelectorAll<HTMLElement>("[data-island]")) {
    try {
      ISLANDS[root.dataset["island"] ?? ""]?.(root);
      root.dataset["started"] = "";
    } catch (error) {
      console.error(`island ${root.dataset["island"]}`, error);
    }
  }
}
