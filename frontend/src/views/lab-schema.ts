import type { Path } from "./yaml-tree.ts";

/** As much of JSON Schema as that of lab.yaml needs. */
export interface Schema {
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly required?: readonly string[];
  readonly maxProperties?: number;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly string[];
  readonly const?: string | boolean;
}

/** What can stand somewhere: one of several ways. */
export interface Way {
  readonly schema: Schema;
  readonly description: string;
  /** The definition that it is, as in pattern and condition; empty for none. */
  readonly name: string;
}

export interface KeyInfo {
  readonly key: string;
  readonly description: string;
  readonly required: boolean;
}

/** All that can stand at a path. Nothing where a key on the way is not known. */
export function waysAt(root: Schema, path: Path): Way[] {
  let ways = spread(root, { schema: root, description: root.description ?? "", name: "" });
  for (const step of path) ways = ways.flatMap((way) => stepInto(root, way, step));
  return ways;
}

function stepInto(root: Schema, { schema }: Way, step: string | number): Way[] {
  const { properties, additionalProperties, items } = schema;
  const next = typeof step === "number" ? items : (properties?.[step] ?? additionalProperties);
  return typeof next === "object" ? spread(root, { schema: next, description: next.description ?? "", name: "" }) : [];
}

function spread(root: Schema, way: Way): Way[] {
  const { schema } = way;
  if (schema.$ref) {
    const name = schema.$ref.replace("#/$defs/", "");
    const definition = root.$defs?.[name];
    if (!definition) return [];
    return spread(root, { schema: definition, description: way.description || (definition.description ?? ""), name });
  }
  if (!schema.anyOf || schema.properties) return [way];
  return schema.anyOf.flatMap((other) =>
    spread(root, { schema: other, description: way.description || (other.description ?? ""), name: way.name }),
  );
}

/** The keys that a mapping can still have. */
export function keysOf(root: Schema, path: Path, present: readonly string[]): KeyInfo[] {
  const keys = new Map<string, KeyInfo>();
  for (const { schema } of waysAt(root, path)) {
    const { properties = {}, required = [], maxProperties, anyOf = [] } = schema;
    const partners =
      maxProperties !== undefined && present.length > 0
        ? anyOf.flatMap((way) => (way.required?.some((key) => present.includes(key)) ? way.required : []))
        : null;
    for (const [key, property] of Object.entries(properties)) {
      if (present.includes(key) || keys.has(key) || (partners && !partners.includes(key))) continue;
      keys.set(key, { key, description: describe(root, property), required: required.includes(key) });
    }
  }
  return [...keys.values()];
}

function describe(root: Schema, property: Schema): string {
  const definition = root.$defs?.[property.$ref?.replace("#/$defs/", "") ?? ""];
  return property.description ?? definition?.description ?? "";
}

/** The words that a value can be, if there is a list of them. */
export function valuesOf(ways: readonly Way[]): string[] {
  const values = ways.flatMap(({ schema }) => {
    if (schema.enum) return schema.enum;
    if (schema.const !== undefined) return [String(schema.const)];
    return schema.type === "boolean" ? ["true", "false"] : [];
  });
  return [...new Set(values)];
}

/** What a key means, of the mapping at a path. */
export function meaningOf(root: Schema, path: Path): string {
  return waysAt(root, path).find(({ description }) => description !== "")?.description ?? "";
}
