import { expect, it, vi } from "vitest";
import { benchKey, type KeyTarget } from "../src/islands/bench-keys.ts";
import { KeyMap } from "../src/islands/key-map.ts";
import { keyText, shownKey } from "../src/views/keys.ts";

const TABS = [
  { id: "diagram", name: "Diagram" },
  { id: "table", name: "Table" },
];

/** A storage like the browser's. */
class Kept implements Pick<Storage, "getItem" | "setItem"> {
  readonly #values = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#values.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#values.set(key, value);
  }
}

const kept = (): Storage => new Kept() as unknown as Storage;
const keys = (storage: Storage | null = null): KeyMap => new KeyMap(TABS, storage, () => {});

it("names keys as they are pressed, and as they are printed", () => {
  expect(keyText({ key: "S", shiftKey: false })).toBe("s");
  expect(keyText({ key: "?", shiftKey: true })).toBe("?");
  expect(keyText({ key: "ArrowLeft", shiftKey: true })).toBe("Shift+ArrowLeft");
  expect(["s", " ", "Shift+ArrowLeft", ""].map(shownKey)).toEqual(["S", "Space", "Shift ←", "none"]);
});

it("gives no two actions the same key", () => {
  const all = keys().model.actions.map(({ key }) => key);
  expect(new Set(all).size).toBe(all.length);
  expect(keys().actionOf("2")).toBe("tab:table");
});

it("changes a key, and knows it again at the next visit", () => {
  const storage = kept();
  keys(storage).assign("step", "x");
  const next = keys(storage);
  expect(next.actionOf("x")).toBe("step");
  expect(next.actionOf("s")).toBeNull();
  next.reset();
  expect(keys(storage).actionOf("s")).toBe("step");
});

it("tells who has a key already, and takes it from nobody", () => {
  const map = keys();
  map.await("step");
  map.assign("step", "r");
  expect(map.model.said).toContain("R is taken by “run until nothing is under way”");
  expect(map.model.waiting).toBe("step");
  expect(map.actionOf("r")).toBe("run");
  map.assign("step", "Enter");
  expect(map.model.said).toContain("cannot be changed");
  map.assign("run", "");
  map.assign("step", "r");
  expect(map.actionOf("r")).toBe("step");
  expect(map.keyOf("run")).toBe("");
});

it("turns off what is a single character, and nothing else", () => {
  const map = keys();
  map.turn(false);
  expect(["s", "1", " ", "?"].map((key) => map.actionOf(key))).toEqual([null, null, null, null]);
  expect(map.actionOf("ArrowLeft")).toBe("prev");
});

it("passes over what a browser has kept that is no map of keys", () => {
  const storage = kept();
  for (const text of ["", "{", "[]", '{"on":1,"keys":{}}', '{"on":true,"keys":null}']) {
    storage.setItem("socketlab.keys", text);
    expect(keys(storage).actionOf("s")).toBe("step");
  }
});

it("does what the key says, but not while something is written or a dialog is open", () => {
  const map = keys();
  map.assign("run", "x");
  const act = vi.fn();
  const target = { keys: map, act } as unknown as KeyTarget;
  document.body.innerHTML = "<main><input><dialog><button></button></dialog><p></p></main>";
  const press = (selector: string, key: string): void => {
    const event = new KeyboardEvent("keydown", { key, cancelable: true });
    Object.defineProperty(event, "target", { value: document.querySelector(selector) });
    benchKey(event, target);
  };
  press("p", "x");
  press("input", "x");
  press("dialog button", "x");
  press("p", "r");
  expect(act.mock.calls).toEqual([["run"]]);
});
