import type { SegmentSent } from "./events.ts";

/** By how much the window fields of segments are shifted, as the handshakes have agreed: RFC 7323 §2. Grows with the run. */
export class WindowScales {
  readonly #shifts = new Map<string, number>();

  /** A handshake tells how windows are scaled, if both ends do. */
  learn({ flags, options, src, dst }: SegmentSent): void {
    if (!flags.includes("S")) return;
    const shift = /wscale (\d+)/.exec(options)?.[1];
    if (shift === undefined) this.#shifts.delete(`${src} ${dst}`);
    else this.#shifts.set(`${src} ${dst}`, Number(shift));
  }

  /** A SYN's own window is never shifted. Null where no handshake has agreed on any shift. */
  of({ flags, src, dst }: SegmentSent): number | null {
    if (flags.includes("S")) return 0;
    const own = this.#shifts.get(`${src} ${dst}`);
    return own === undefined || !this.#shifts.has(`${dst} ${src}`) ? null : own;
  }
}
