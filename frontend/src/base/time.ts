/** Virtual time since the start of a run, or a length of it, in nanoseconds. Safe up to 104 days. */
export type Nanos = number & { readonly unit: "ns" };

export const nanos = (value: number): Nanos => value as Nanos;

export const MICROSECOND = nanos(1_000);
export const MILLISECOND = nanos(1_000_000);
export const SECOND = nanos(1_000_000_000);

const THIN_SPACE = "\u2009";

/** A point in time to the microsecond, in groups of three: `1.204 183 s`. */
export function formatTime(at: Nanos): string {
  const micros = Math.round(at / MICROSECOND);
  const seconds = Math.floor(micros / 1_000_000);
  const rest = String(micros % 1_000_000).padStart(6, "0");
  return `${seconds}.${rest.slice(0, 3)}${THIN_SPACE}${rest.slice(3)} s`;
}

/** A point in time as short as it can be written: `0.05 s`. */
export function formatShortTime(at: Nanos, decimals = 6): string {
  return `${trim(at / SECOND, decimals)} s`;
}

/** A length of time in the unit that suits it: `59.9 s`, `20 ms`, `1.2 µs`. */
export function formatDuration(length: Nanos): string {
  const size = Math.abs(length);
  if (size >= SECOND) return `${trim(length / SECOND, 3)} s`;
  if (size >= MILLISECOND) return `${trim(length / MILLISECOND, 3)} ms`;
  if (size >= MICROSECOND) return `${trim(length / MICROSECOND, 3)} µs`;
  return `${length} ns`;
}

function trim(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}
