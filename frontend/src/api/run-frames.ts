/** A frame of a run with its octets, as `GET /api/v1/runs/{run}/frames` has it. */
export interface RunFrame {
  /** The event that tells of it. */
  readonly event: number;
  readonly packet: number;
  readonly interface: string;
  readonly direction: "out" | "in";
  readonly at: number;
  readonly hex: string;
}

/** Who asks for frames: the page's network, or a test's. */
export type Ask = (path: string) => Promise<Response>;

/** How many events before and behind are asked for with one, so that going on a little asks for nothing. */
const AROUND = 60;

/**
 * The octets of a run's frames, asked for as they are looked at. What the server says of an event it says for good:
 * replaying a run gives the same frames.
 */
export class RunFrames {
  readonly #run: string;
  readonly #changed: () => void;
  readonly #ask: Ask;
  readonly #octets = new Map<number, Uint8Array>();
  readonly #asked = new Set<number>();
  /** Why there are none, in a sentence. */
  problem = "";

  constructor(run: string, changed: () => void, ask: Ask = (path) => fetch(path)) {
    this.#run = run;
    this.#changed = changed;
    this.#ask = ask;
  }

  /** Those of the frame that event `seq` tells of; null while they are not here. */
  of(seq: number): Uint8Array | null {
    const known = this.#octets.get(seq);
    if (known) return known;
    if (!this.#asked.has(seq)) void this.#fetch(seq);
    return null;
  }

  async #fetch(seq: number): Promise<void> {
    this.#asked.add(seq);
    try {
      const range = `from=${Math.max(seq - AROUND, 1)}&to=${seq + AROUND}`;
      const response = await this.#ask(`/api/v1/runs/${this.#run}/frames?${range}`);
      const body = (await response.json()) as { readonly frames?: readonly RunFrame[]; readonly detail?: string };
      this.problem = response.ok ? "" : (body.detail ?? `The server answers ${response.status}.`);
      for (const frame of body.frames ?? []) this.#octets.set(frame.event, fromHex(frame.hex));
    } catch {
      this.problem = "The server cannot be reached; the octets come when it can.";
      this.#asked.delete(seq);
    }
    this.#changed();
  }
}

function fromHex(text: string): Uint8Array {
  const octets = new Uint8Array(text.length / 2);
  for (let i = 0; i < octets.length; i += 1) octets[i] = Number.parseInt(text.slice(2 * i, 2 * i + 2), 16);
  return octets;
}
