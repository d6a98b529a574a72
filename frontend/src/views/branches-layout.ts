/** A branch of an attempt, as the server tells it. */
export interface BranchInfo {
  readonly id: string;
  readonly branch: number;
  readonly name: string;
  readonly parent: string | null;
  /** The last event that it has in common with its parent. */
  readonly event: number;
}

/** A branch in its place in the tree. */
export interface BranchRow extends BranchInfo {
  /** How many it hangs under. */
  readonly depth: number;
  /** For each column before its own, whether a line goes on through this row. */
  readonly through: readonly boolean[];
  /** Whether no other of the same parent comes below. */
  readonly last: boolean;
}

/** The tree, a row each, parents before what was forked from them; those whose parent is gone stand at the root. */
export function branchRows(branches: readonly BranchInfo[]): readonly BranchRow[] {
  const ids = new Set(branches.map(({ id }) => id));
  const of = (parent: string | null): readonly BranchInfo[] =>
    branches
      .filter((one) => (one.parent !== null && ids.has(one.parent) ? one.parent : null) === parent)
      .toSorted((a, b) => a.event - b.event || a.branch - b.branch);
  const rows: BranchRow[] = [];
  const add = (parent: string | null, depth: number, through: readonly boolean[]): void => {
    const children = of(parent);
    children.forEach((child, i) => {
      const last = i === children.length - 1;
      rows.push({ ...child, depth, through, last });
      add(child.id, depth + 1, [...through, !last]);
    });
  };
  add(null, 0, []);
  return rows;
}
