import { html, type TemplateResult } from "lit";

/** A part of a rule's source: words, and where they lead if there is such a place. */
export interface SourcePart {
  readonly text: string;
  readonly href: string | null;
}

const LINUX = "https://elixir.bootlin.com/linux/v6.18/source/";

/** What leads somewhere: an RFC with its section, a page of the manual, a file of Linux. */
const PLACES: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/RFC (\d{3,5})(?: §(\d+(?:\.\d+)*))?/, ([, rfc, section]) => rfcAddress(rfc ?? "", section)],
  [/\b(kqueue|kevent)\(2\)/, () => "https://man.freebsd.org/cgi/man.cgi?query=kqueue&sektion=2"],
  [
    /\b([a-z][a-z0-9_-]*)\(([1-8])\)/,
    ([, name, part]) => `https://man7.org/linux/man-pages/man${part}/${name}.${part}.html`,
  ],
  [/\b(?:net|include|fs|kernel|drivers)\/[a-z0-9_/]+\.[ch]\b/, ([file]) => LINUX + file],
];

function rfcAddress(rfc: string, section: string | undefined): string {
  return `https://www.rfc-editor.org/rfc/rfc${rfc}${section === undefined ? "" : `#section-${section}`}`;
}

/** The source of a rule, with what can be looked up. */
export function sourceParts(source: string): readonly SourcePart[] {
  if (source === "") return [];
  const found = PLACES.flatMap(([place, address]) => {
    const match = place.exec(source);
    return match ? [{ match, href: address(match) }] : [];
  });
  const first = found.sort((a, b) => a.match.index - b.match.index)[0];
  if (!first) return [{ text: source, href: null }];
  const { match, href } = first;
  const before = source.slice(0, match.index);
  return [
    ...(before === "" ? [] : [{ text: before, href: null }]),
    { text: match[0], href },
    ...sourceParts(source.slice(match.index + match[0].length)),
  ];
}

export function sourceLinks(source: string): TemplateResult[] {
  return sourceParts(source).map(({ text, href }) =>
    href === null ? html`${text}` : html`<a href=${href} rel="noreferrer">${text}</a>`,
  );
}
