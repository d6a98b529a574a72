import { EditorState, type Extension, StateField, type Text } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

const BEGIN = "/* read-only: begin */";
const END = "/* read-only: end */";

/** A stretch of a file that is not to be changed: its lines from the comment that begins it to the one that ends it. */
interface Region {
  readonly first: number;
  readonly last: number;
}

/** What a lab wants left alone, by the comments around it. */
export function readOnlyRegions(doc: Text): readonly Region[] {
  const regions: Region[] = [];
  let first = 0;
  for (let line = 1; line <= doc.lines; line += 1) {
    const text = doc.line(line).text.trim();
    if (text === BEGIN && first === 0) first = line;
    else if (text === END && first > 0) {
      regions.push({ first, last: line });
      first = 0;
    }
  }
  return regions;
}

/** With the ends of the lines before and behind it, so that nothing joins them. */
const stretches = (doc: Text, regions: readonly Region[]): number[] =>
  regions.flatMap(({ first, last }) => [
    Math.max(doc.line(first).from - 1, 0),
    Math.min(doc.line(last).to + 1, doc.length),
  ]);

const LINE = Decoration.line({ class: "cm-read-only" });

const marks = (doc: Text, regions: readonly Region[]): DecorationSet =>
  Decoration.set(
    regions.flatMap(({ first, last }) =>
      Array.from({ length: last - first + 1 }, (_, i) => LINE.range(doc.line(first + i).from)),
    ),
  );

const field = StateField.define<{ readonly regions: readonly Region[]; readonly marks: DecorationSet }>({
  create: ({ doc }) => shown(doc),
  update: (before, { docChanged, newDoc }) => (docChanged ? shown(newDoc) : before),
  provide: (from) => EditorView.decorations.from(from, (value) => value.marks),
});

function shown(doc: Text) {
  const regions = readOnlyRegions(doc);
  return { regions, marks: marks(doc, regions) };
}

/** Keeps such regions as they are, and shows which they are. Changes elsewhere go through, one that reaches into them does there nothing. */
export const keepsRegions: Extension = [
  field,
  EditorState.changeFilter.of(({ startState }) => {
    const { regions } = startState.field(field);
    return regions.length === 0 ? true : stretches(startState.doc, regions);
  }),
];
