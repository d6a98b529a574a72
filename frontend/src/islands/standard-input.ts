/** So many characters fit into a line of input, written as it is there. */
export const LONGEST_INPUT = 3000;

const ESCAPED: Readonly<Record<string, string>> = { "\n": "\\n", "\t": "\\t", "\r": "\\r", '"': '\\"', "\\": "\\\\" };

/**
 * What a program finds on its standard input, as a line of input writes it behind `<`: between quotation marks, as C does.
 * Blanks that stand beside others are escaped, because a line does not tell how many there are.
 */
export function quotedInput(text: string): string {
  const written = [...new TextEncoder().encode(text)]
    .map((octet) => {
      const character = String.fromCharCode(octet);
      if (ESCAPED[character] !== undefined) return ESCAPED[character];
      return octet >= 0x20 && octet <= 0x7e ? character : `\\x${octet.toString(16).padStart(2, "0")}`;
    })
    .join("");
  return `"${written}"`.replace(/(?<=[ "]) | (?=[ "])/g, "\\x20");
}

/** What stands behind the arguments in a line that starts a program; empty where there is nothing to read. */
export const inputArgument = (text: string): string => (text === "" ? "" : ` < ${quotedInput(text)}`);
