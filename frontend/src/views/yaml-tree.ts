/** What has been written of a lab file. Unlike a parser's, it makes sense of what is half written. */
export type Yaml = YamlMap | YamlList | YamlScalar;
export interface YamlMap {
  readonly kind: "map";
  readonly entries: { readonly key: string; value: Yaml | null }[];
}
export interface YamlList {
  readonly kind: "list";
  readonly items: (Yaml | null)[];
}
export interface YamlScalar {
  readonly kind: "scalar";
  readonly text: string;
}

/** Keys, and the numbers of items of lists. */
export type Path = readonly (string | number)[];

export function yamlAt(root: Yaml | null, path: Path): Yaml | null {
  let at = root;
  for (const step of path) {
    if (at?.kind === "map") at = at.entries.find(({ key }) => key === step)?.value ?? null;
    else if (at?.kind === "list") at = at.items[Number(step)] ?? null;
    else return null;
  }
  return at;
}

/** The keys that stand in the mapping at a path. */
export function keysAt(root: Yaml | null, path: Path): string[] {
  const map = yamlAt(root, path);
  return map?.kind === "map" ? map.entries.map(({ key }) => key) : [];
}

/** The texts at a path in which null stands for each item of a list, or each entry of a mapping. */
export function textsAt(root: Yaml | null, path: readonly (string | null)[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return root?.kind === "scalar" ? [root.text] : [];
  if (root?.kind === "list" && step === null) return root.items.flatMap((item) => textsAt(item, rest));
  if (root?.kind !== "map") return [];
  const entries = root.entries.filter(({ key }) => step === null || key === step);
  return entries.flatMap(({ value }) => textsAt(value, rest));
}

/** Where the next value belongs. */
export interface Slot {
  readonly path: Path;
  put(value: Yaml): void;
}

/** A mapping or a list that is open. In blocks it has the column of its keys or dashes. */
export interface Frame {
  readonly node: YamlMap | YamlList;
  readonly path: Path;
  readonly column: number;
  /** In braces or brackets. */
  readonly flow: boolean;
  /** In braces: whether a key comes next. */
  atKey: boolean;
}

/** Where a value belongs that comes next in a mapping or a list; null where none can. */
export function freeSlot({ node, path }: Frame): Slot | null {
  if (node.kind === "list") {
    const index = node.items.length - 1;
    if (index < 0 || node.items[index]) return null;
    return {
      path: [...path, index],
      put(value) {
        node.items[index] = value;
      },
    };
  }
  const entry = node.entries.at(-1);
  return !entry || entry.value ? null : slotOf(entry, path);
}

export function slotOf(entry: YamlMap["entries"][number], path: Path): Slot {
  return {
    path: [...path, entry.key],
    put(value) {
      entry.value = value;
    },
  };
}
