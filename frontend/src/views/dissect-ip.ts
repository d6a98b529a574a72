import { dissectIcmp, dissectUdp } from "./dissect-datagram.ts";
import { dissectTcp } from "./dissect-tcp.ts";
import { checksum, decimal, type Field, type FieldReader, hex, type Pseudo, rest } from "./field-reader.ts";

const PROTOCOLS: Readonly<Record<number, string>> = {
  0: "hop-by-hop options",
  1: "ICMP",
  6: "TCP",
  17: "UDP",
  44: "fragment header",
  58: "ICMPv6",
};
const ECN = ["not ECN-capable", "ECT(1)", "ECT(0)", "congestion experienced"];

const set = (value: number): string => (value === 1 ? "set" : "not set");
const protocolName = (number: number): string => `${PROTOCOLS[number] ?? "unknown"} (${number})`;

/** An IPv4 packet and what it carries. RFC 791. */
export function dissectIpv4(r: FieldReader): readonly Field[] {
  const at = r.at;
  const header = r.number(at * 8 + 4, 4) * 4;
  if (r.left < 20 || header < 20 || header > r.left) return [rest(r, "IPv4 header cut short")];
  const total = r.u16(at + 2);
  const offset = r.number((at + 6) * 8 + 3, 13) * 8;
  const more = r.number((at + 6) * 8 + 2, 1) === 1;
  const protocol = r.u8(at + 9);
  const [source, destination] = [ipv4(r, at + 12), ipv4(r, at + 16)];
  const ip = r.field("ip", "Internet Protocol Version 4", at, header, `${source} → ${destination}`, {
    help: "From host to host, over as many links as it takes. RFC 791.",
    parts: ipv4Fields(r, at, header, source, destination),
  });
  const end = Math.min(at + total, r.octets.length);
  r.at = at + header;
  const carried = end - r.at;
  const pseudo = concat(r.octets.subarray(at + 12, at + 20), [0, protocol, carried >> 8, carried & 0xff]);
  if (offset > 0 || more) return [ip, fragment(r, end, offset)];
  return [ip, ...transport(r, end, protocol, { octets: pseudo })];
}

function ipv4Fields(r: FieldReader, at: number, header: number, source: string, destination: string): Field[] {
  const bit = at * 8;
  const flags = (at + 6) * 8;
  const fields = [
    r.bits("ip.version", "Version", bit, 4, decimal, "4: the header below is that of RFC 791."),
    r.bits(
      "ip.hdr_len",
      "Header length",
      bit + 4,
      4,
      (n) => `${n * 4} octets (${n})`,
      "In words of 32 bits; more than 5 with options.",
    ),
    r.bits(
      "ip.dsfield.dscp",
      "Differentiated services",
      bit + 8,
      6,
      decimal,
      "How routers should treat it. RFC 2474; set by IP_TOS.",
    ),
    r.bits(
      "ip.dsfield.ecn",
      "Explicit congestion notification",
      bit + 14,
      2,
      (n) => `${ECN[n]} (${n})`,
      "A router marks a packet here instead of dropping it. RFC 3168.",
    ),
    r.field("ip.len", "Total length", at + 2, 2, decimal(r.u16(at + 2)), { help: "Octets of header and text." }),
    r.field("ip.id", "Identification", at + 4, 2, hex(r.u16(at + 4), 4), {
      help: "The same in all fragments of a packet. Linux sends 0 in what must not be fragmented.",
    }),
    r.bits("ip.flags.rb", "Reserved bit", flags, 1, set),
    r.bits(
      "ip.flags.df",
      "Don't fragment",
      flags + 1,
      1,
      set,
      "A router that would have to cut it says so by ICMP instead: path MTU discovery, RFC 1191.",
    ),
    r.bits("ip.flags.mf", "More fragments", flags + 2, 1, set, "Set in all fragments but the last."),
    r.bits(
      "ip.frag_offset",
      "Fragment offset",
      flags + 3,
      13,
      (n) => `${n * 8} octets (${n})`,
      "Where the fragment's octets belong, in units of 8.",
    ),
    r.field("ip.ttl", "Time to live", at + 8, 1, decimal(r.u8(at + 8)), {
      help: "Each router takes one; at 0 the packet is dropped, so that none goes round for ever.",
    }),
    r.field("ip.proto", "Protocol", at + 9, 1, protocolName(r.u8(at + 9)), { help: "What the packet carries." }),
    checksum(
      r,
      "ip.checksum",
      at + 10,
      r.octets.subarray(at, at + header),
      10,
      "Over the header only. Each router computes it again, as it changes the time to live.",
    ),
    r.field("ip.src", "Source address", at + 12, 4, source),
    r.field("ip.dst", "Destination address", at + 16, 4, destination),
  ];
  if (header > 20) fields.push(r.field("ip.options", "Options", at + 20, header - 20, `${header - 20} octets`));
  return fields;
}

/** An IPv6 packet and what it carries. RFC 8200. */
export function dissectIpv6(r: FieldReader): readonly Field[] {
  const at = r.at;
  if (r.left < 40) return [rest(r, "IPv6 header cut short")];
  const [source, destination] = [ipv6(r, at + 8), ipv6(r, at + 24)];
  const bit = at * 8;
  let next = r.u8(at + 6);
  const ip = r.field("ipv6", "Internet Protocol Version 6", at, 40, `${source} → ${destination}`, {
    help: "From host to host. No checksum, and routers do not fragment. RFC 8200.",
    parts: [
      r.bits("ipv6.version", "Version", bit, 4, decimal),
      r.bits("ipv6.tclass.dscp", "Differentiated services", bit + 4, 6, decimal, "RFC 2474; set by IPV6_TCLASS."),
      r.bits(
        "ipv6.tclass.ecn",
        "Explicit congestion notification",
        bit + 10,
        2,
        (n) => `${ECN[n]} (${n})`,
        "RFC 3168.",
      ),
      r.bits(
        "ipv6.flow",
        "Flow label",
        bit + 12,
        20,
        (n) => hex(n, 5),
        "The same for all packets of a flow. RFC 6437.",
      ),
      r.field("ipv6.plen", "Payload length", at + 4, 2, decimal(r.u16(at + 4)), { help: "Octets behind this header." }),
      r.field("ipv6.nxt", "Next header", at + 6, 1, protocolName(next), {
        help: "What follows: another header, or the protocol.",
      }),
      r.field("ipv6.hlim", "Hop limit", at + 7, 1, decimal(r.u8(at + 7)), {
        help: "Each router takes one; at 0 the packet is dropped.",
      }),
      r.field("ipv6.src", "Source address", at + 8, 16, source),
      r.field("ipv6.dst", "Destination address", at + 24, 16, destination),
    ],
  });
  const end = Math.min(at + 40 + r.u16(at + 4), r.octets.length);
  r.at = at + 40;
  const layers = [ip];
  if (next === 44 && r.left >= 8) {
    const place = r.at;
    const offset = r.number((place + 2) * 8, 13) * 8;
    const more = r.number((place + 3) * 8 + 7, 1) === 1;
    next = r.u8(place);
    layers.push(fragmentHeader(r, place));
    r.at = place + 8;
    if (offset > 0 || more) return [...layers, fragment(r, end, offset)];
  }
  const carried = end - r.at;
  const pseudo = concat(r.octets.subarray(at + 8, at + 40), [0, 0, carried >> 8, carried & 0xff, 0, 0, 0, next]);
  return [...layers, ...transport(r, end, next, { octets: pseudo })];
}

function fragmentHeader(r: FieldReader, at: number): Field {
  return r.field("ipv6.fraghdr", "Fragment header", at, 8, "", {
    help: "The sender itself has cut the packet. RFC 8200 §4.5.",
    parts: [
      r.field("ipv6.fraghdr.nxt", "Next header", at, 1, protocolName(r.u8(at))),
      r.bits("ipv6.fraghdr.offset", "Offset", (at + 2) * 8, 13, (n) => `${n * 8} octets (${n})`),
      r.bits("ipv6.fraghdr.more", "More fragments", (at + 3) * 8 + 7, 1, set),
      r.field("ipv6.fraghdr.ident", "Identification", at + 4, 4, hex(r.u32(at + 4), 8)),
    ],
  });
}

function transport(r: FieldReader, end: number, protocol: number, pseudo: Pseudo): readonly Field[] {
  if (r.at >= end) return [];
  if (protocol === 6) return dissectTcp(r, end, pseudo);
  if (protocol === 17) return dissectUdp(r, end, pseudo);
  if (protocol === 1 || protocol === 58) return dissectIcmp(r, end, protocol === 58 ? pseudo : null);
  return [rest(r, "Data")];
}

function fragment(r: FieldReader, end: number, offset: number): Field {
  const length = end - r.at;
  return r.field("ip.fragment", "Fragment", r.at, length, `${length} octets from octet ${offset} on`, {
    help: "A part of a packet; the header of what it carries is in the first part only.",
  });
}

function concat(octets: Uint8Array, more: readonly number[]): Uint8Array {
  return Uint8Array.from([...octets, ...more]);
}

function ipv4(r: FieldReader, at: number): string {
  return Array.from(r.octets.subarray(at, at + 4)).join(".");
}

/** With the longest run of zeros left out: RFC 5952. */
function ipv6(r: FieldReader, at: number): string {
  const groups = Array.from({ length: 8 }, (_, i) => r.u16(at + 2 * i).toString(16));
  const runs = groups.map((_, i) => {
    let end = i;
    while (groups[end] === "0") end += 1;
    return end - i;
  });
  const longest = Math.max(...runs);
  if (longest < 2) return groups.join(":");
  const from = runs.indexOf(longest);
  return `${groups.slice(0, from).join(":")}::${groups.slice(from + longest).join(":")}`;
}
