/** Octets from base64. */
export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

/** As a C program would write them: `"hello\n"`, cut short after `limit` octets with `"…`. */
export function quote(octets: Uint8Array, limit = 24): string {
  const shown = octets.subarray(0, limit);
  const text = Array.from(shown, character).join("");
  return octets.length > limit ? `"${text}"…` : `"${text}"`;
}

function character(octet: number): string {
  const known = ESCAPES.get(octet);
  if (known) return known;
  if (octet >= 0x20 && octet < 0x7f) return String.fromCharCode(octet);
  return `\\x${octet.toString(16).padStart(2, "0")}`;
}

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x0a, "\\n"],
  [0x0d, "\\r"],
  [0x09, "\\t"],
  [0x22, '\\"'],
  [0x5c, "\\\\"],
]);

/** `1 octet`, `2 octets`. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`;
}

/** Octets `from` up to `end` of what is written in base64, without reading the rest. */
export function sliceBase64(text: string, from: number, end: number): Uint8Array {
  const first = Math.floor(from / 3);
  const part = fromBase64(text.slice(first * 4, Math.ceil(end / 3) * 4));
  return part.subarray(from - first * 3, end - first * 3);
}

/** A dump as hexdump(1) makes it: a line for each `width` octets. */
export function hexLines(octets: Uint8Array, width = 8): { readonly hex: string; readonly text: string }[] {
  return Array.from({ length: Math.ceil(octets.length / width) }, (_, i) => {
    const line = [...octets.subarray(i * width, (i + 1) * width)];
    return {
      hex: line.map((octet) => octet.toString(16).padStart(2, "0")).join(" "),
      text: line.map((octet) => (octet >= 0x20 && octet < 0x7f ? String.fromCharCode(octet) : "·")).join(""),
    };
  });
}
