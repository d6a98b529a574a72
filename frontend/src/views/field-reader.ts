import { internetChecksum } from "../base/checksum.ts";
import { quote } from "../base/octets.ts";

/** A field of a frame: what it is called, what it says, and the bits that say so. */
export interface Field {
  /** As a filter names it, or a name of its own; unique among its siblings. */
  readonly id: string;
  readonly name: string;
  readonly value: string;
  /** First bit, counted from the frame's first. */
  readonly bit: number;
  readonly bits: number;
  /** For who does not know it: what it is for, and where it is written. */
  readonly help?: string;
  readonly wrong?: boolean;
  readonly parts?: readonly Field[];
}

/** Reads fields off a frame, one after the other. */
export class FieldReader {
  constructor(
    readonly octets: Uint8Array,
    public at: number,
  ) {}

  get left(): number {
    return this.octets.length - this.at;
  }

  /** The unsigned number of `bits` bits that begins `bit` bits into the frame. */
  number(bit: number, bits: number): number {
    let value = 0;
    for (let i = bit; i < bit + bits; i += 1) {
      value = value * 2 + (((this.octets[i >> 3] ?? 0) >> (7 - (i & 7))) & 1);
    }
    return value;
  }

  u8(at = this.at): number {
    return this.octets[at] ?? 0;
  }

  u16(at = this.at): number {
    return this.number(at * 8, 16);
  }

  u32(at = this.at): number {
    return this.number(at * 8, 32);
  }

  /** A field of whole octets at `at`. */
  field(id: string, name: string, at: number, length: number, value: string, more: Partial<Field> = {}): Field {
    return { id, name, value, bit: at * 8, bits: length * 8, ...more };
  }

  /** A field within an octet or across some, its value as `say` writes it. */
  bits(id: string, name: string, bit: number, bits: number, say: (value: number) => string, help?: string): Field {
    return { id, name, value: say(this.number(bit, bits)), bit, bits, ...(help ? { help } : {}) };
  }
}

export const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, "0")}`;
export const decimal = (value: number): string => String(value);

/** What is left, as octets. */
export function rest(reader: FieldReader, name: string): Field {
  const length = reader.left;
  return reader.field("data", name, reader.at, length, `${length} ${length === 1 ? "octet" : "octets"}`);
}

/** What the program has sent. */
export function text(r: FieldReader, end: number): Field {
  const octets = r.octets.subarray(r.at, end);
  return r.field("data", "Data", r.at, octets.length, `${octets.length} octets, ${quote(octets, 32)}`, {
    help: "What the program has handed to send().",
  });
}

/** What a checksum of TCP, UDP or ICMPv6 covers besides the segment. */
export interface Pseudo {
  readonly octets: Uint8Array;
}

/** A checksum field and whether it is right: over `covered`, in which it stands at `place`. */
export function checksum(
  r: FieldReader,
  id: string,
  at: number,
  covered: Uint8Array,
  place: number,
  help: string,
  before: Uint8Array = new Uint8Array(),
): Field {
  const blank = covered.slice();
  blank[place] = 0;
  blank[place + 1] = 0;
  const right = internetChecksum(before, blank);
  const found = r.u16(at);
  const good = found === right || (found === 0xffff && right === 0);
  const value = `${hex(found, 4)} (${good ? "right" : `wrong: should be ${hex(right, 4)}`})`;
  return r.field(id, "Checksum", at, 2, value, { help, wrong: !good });
}
