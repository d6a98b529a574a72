import { dissectIpv4, dissectIpv6 } from "./dissect-ip.ts";
import { type Field, FieldReader, hex, rest } from "./field-reader.ts";

const TYPES: Readonly<Record<number, string>> = { 2048: "IPv4", 34525: "IPv6", 2054: "ARP" };

/** A frame taken apart, a layer a field, down to its bits. */
export function dissect(octets: Uint8Array): readonly Field[] {
  const reader = new FieldReader(octets, 0);
  if (reader.left < 14) return [rest(reader, "Frame cut short")];
  const type = reader.u16(12);
  const ethernet = reader.field("eth", "Ethernet II", 0, 14, `${mac(octets, 6)} → ${mac(octets, 0)}`, {
    help: "The frame of the link: from card to card, not from host to host. RFC 894.",
    parts: [
      reader.field("eth.dst", "Destination", 0, 6, mac(octets, 0), { help: "The card that is to take the frame." }),
      reader.field("eth.src", "Source", 6, 6, mac(octets, 6), { help: "The card that sends it." }),
      reader.field("eth.type", "Type", 12, 2, `${TYPES[type] ?? "unknown"} (${hex(type, 4)})`, {
        help: "The protocol that the frame carries.",
      }),
    ],
  });
  reader.at = 14;
  if (type === 0x0800) return [ethernet, ...dissectIpv4(reader)];
  if (type === 0x86dd) return [ethernet, ...dissectIpv6(reader)];
  return [ethernet, rest(reader, "Data")];
}

function mac(octets: Uint8Array, at: number): string {
  return Array.from(octets.subarray(at, at + 6), (octet) => octet.toString(16).padStart(2, "0")).join(":");
}

/** The innermost field at a bit of the frame, with those around it: the outermost first. */
export function fieldsAt(fields: readonly Field[], bit: number): readonly Field[] {
  const found = fields.find((field) => bit >= field.bit && bit < field.bit + field.bits);
  return found ? [found, ...fieldsAt(found.parts ?? [], bit)] : [];
}

/** The bits of a field that has less than whole octets, as Wireshark shows them: `.1.. ....`. */
export function bitPattern(octets: Uint8Array, { bit, bits }: Field): string {
  if (bit % 8 === 0 && bits % 8 === 0) return "";
  const first = bit - (bit % 8);
  const end = Math.ceil((bit + bits) / 8) * 8;
  let text = "";
  for (let i = first; i < end; i += 1) {
    if (i > first && i % 4 === 0) text += " ";
    const inside = i >= bit && i < bit + bits;
    text += inside ? String(((octets[i >> 3] ?? 0) >> (7 - (i & 7))) & 1) : ".";
  }
  return text;
}
