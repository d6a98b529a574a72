/** One descriptor of a ring, and who may write it. */
export interface RingCell {
  readonly place: number;
  readonly owner: "device" | "driver";
  /** It has a packet. */
  readonly full: boolean;
  readonly mark: "" | "head" | "tail" | "head and tail";
}

/** For its tooltip. */
export function cellText({ place, owner, full, mark }: RingCell): string {
  return `descriptor ${place}: the ${owner}'s${full ? ", with a packet" : ""}${mark ? `; ${mark}` : ""}`;
}

export interface RingWindow {
  readonly cells: readonly RingCell[];
  /** Descriptors that are not shown. */
  readonly more: number;
}

/** So many descriptors around the head are shown. */
const SHOWN = 20;
/** How many of them lie before the head. */
const BEFORE = 8;

/**
 * The RX ring around its head: the `used` descriptors before the head have packets for the driver; from head to tail
 * each has an empty buffer, which the device may fill.
 */
export function rxWindow(size: number, head: number, tail: number, used: number): RingWindow {
  return around(size, head, tail, (behind) => {
    const full = behind < 0 && -behind <= used;
    return { owner: full ? "driver" : "device", full };
  });
}

/**
 * The TX ring likewise: from head to tail are packets that the device is to send; behind the tail the driver may write;
 * what the driver has not cleaned before the head cannot be used yet.
 */
export function txWindow(size: number, head: number, tail: number, used: number): RingWindow {
  const waiting = size === 0 ? 0 : (((tail - head) % size) + size) % size || (used >= size ? size : 0);
  return around(size, head, tail, (behind) => {
    const sending = behind >= 0 && behind < waiting;
    const uncleaned = behind < 0 && -behind <= used - waiting;
    return { owner: sending ? "device" : "driver", full: sending || uncleaned };
  });
}

function around(
  size: number,
  head: number,
  tail: number,
  what: (behindHead: number) => Pick<RingCell, "owner" | "full">,
): RingWindow {
  const shown = Math.min(size, SHOWN);
  const before = Math.min(BEFORE, Math.floor(shown / 2));
  const cells = Array.from({ length: shown }, (_, i) => {
    const behind = i - before;
    const place = (((head + behind) % size) + size) % size;
    const marks = [place === head ? "head" : "", place === tail ? "tail" : ""].filter((mark) => mark !== "");
    return { place, ...what(behind), mark: marks.join(" and ") as RingCell["mark"] };
  });
  return { cells, more: size - shown };
}
