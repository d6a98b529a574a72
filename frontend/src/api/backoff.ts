const FIRST_MS = 300;
const LONGEST_MS = 15_000;

/**
 * How long to wait before attempt `attempt`, from 1: doubling, with up to half of it left to `chance` (0 to 1), so that
 * a class does not come back all at once after the server was away.
 */
export function backoff(attempt: number, chance: number): number {
  const whole = Math.min(FIRST_MS * 2 ** (attempt - 1), LONGEST_MS);
  return Math.round(whole / 2 + (whole / 2) * chance);
}
