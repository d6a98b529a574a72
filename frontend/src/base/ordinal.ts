const ENDINGS = new Intl.PluralRules("en", { type: "ordinal" });
const SUFFIX: Readonly<Record<string, string>> = { one: "st", two: "nd", few: "rd", other: "th" };

/** 1st, 2nd, 3rd, 4th, … */
export const ordinal = (n: number): string => `${n}${SUFFIX[ENDINGS.select(n)] ?? "th"}`;
