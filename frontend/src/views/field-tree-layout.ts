import { fieldsAt } from "./dissection.ts";
import type { Field } from "./field-reader.ts";

/** A line of the tree that a dissection is. */
export interface TreeRow {
  /** The ids of the fields around it and its own, joined by `/`. */
  readonly path: string;
  readonly level: number;
  readonly field: Field;
  /** Whether its parts are shown; null if it has none. */
  readonly open: boolean | null;
}

/** The lines that are seen, the parts of what is open among them. */
export function treeRows(fields: readonly Field[], open: ReadonlySet<string>, level = 1, above = ""): TreeRow[] {
  return fields.flatMap((field) => {
    const path = above + field.id;
    const isOpen = field.parts ? open.has(path) : null;
    const row = { path, level, field, open: isOpen };
    return isOpen ? [row, ...treeRows(field.parts ?? [], open, level + 1, `${path}/`)] : [row];
  });
}

export function fieldOf(fields: readonly Field[], path: string): Field | null {
  const [id, ...rest] = path.split("/");
  const field = fields.find((candidate) => candidate.id === id);
  if (!field) return null;
  return rest.length === 0 ? field : fieldOf(field.parts ?? [], rest.join("/"));
}

/** The path of the innermost field that has an octet; of the first, where it has several. */
export function pathOfOctet(fields: readonly Field[], octet: number): string {
  return fieldsAt(fields, octet * 8)
    .map(({ id }) => id)
    .join("/");
}

/** The paths around a path, which have to be open for it to be seen. */
export function around(path: string): readonly string[] {
  const ids = path.split("/");
  return ids.slice(1).map((_, i) => ids.slice(0, i + 1).join("/"));
}

/** The octets of a field, also where it has but some of their bits. */
export function octetsOf(field: Field | null): { readonly from: number; readonly to: number } {
  if (!field) return { from: 0, to: 0 };
  return { from: Math.floor(field.bit / 8), to: Math.ceil((field.bit + field.bits) / 8) };
}

/** A line of a hex dump. */
export interface HexRow {
  readonly offset: string;
  readonly first: number;
  readonly octets: readonly string[];
  readonly text: string;
}

const PER_ROW = 16;

export function hexRows(octets: Uint8Array): readonly HexRow[] {
  return Array.from({ length: Math.ceil(octets.length / PER_ROW) }, (_, i) => {
    const row = octets.subarray(i * PER_ROW, (i + 1) * PER_ROW);
    return {
      offset: (i * PER_ROW).toString(16).padStart(4, "0"),
      first: i * PER_ROW,
      octets: Array.from(row, (octet) => octet.toString(16).padStart(2, "0")),
      text: Array.from(row, (octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : "·")).join(""),
    };
  });
}
