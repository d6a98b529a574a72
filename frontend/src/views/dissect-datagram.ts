import { dissectIpv4 } from "./dissect-ip.ts";
import { checksum, decimal, type Field, type FieldReader, type Pseudo, rest, text } from "./field-reader.ts";

/** A UDP datagram. RFC 768. */
export function dissectUdp(r: FieldReader, end: number, pseudo: Pseudo): readonly Field[] {
  const at = r.at;
  if (end - at < 8) return [rest(r, "UDP header cut short")];
  const [source, destination] = [decimal(r.u16(at)), decimal(r.u16(at + 2))];
  const none = r.u16(at + 6) === 0;
  const help = "Over header, text and the addresses of the IP header. 0: the sender has computed none.";
  const udp = r.field("udp", "User Datagram Protocol", at, 8, `${source} → ${destination}`, {
    help: "From program to program: ports, a length and a checksum, and nothing that promises anything. RFC 768.",
    parts: [
      r.field("udp.srcport", "Source port", at, 2, source),
      r.field("udp.dstport", "Destination port", at + 2, 2, destination),
      r.field("udp.length", "Length", at + 4, 2, decimal(r.u16(at + 4)), { help: "Octets of header and text." }),
      none
        ? r.field("udp.checksum", "Checksum", at + 6, 2, "none", { help })
        : checksum(r, "udp.checksum", at + 6, r.octets.subarray(at, end), 6, help, pseudo.octets),
    ],
  });
  r.at = at + 8;
  return end > r.at ? [udp, text(r, end)] : [udp];
}

const MESSAGES: Readonly<Record<number, string>> = {
  0: "echo reply",
  3: "destination unreachable",
  8: "echo request",
  11: "time exceeded",
  12: "parameter problem",
};
const MESSAGES_V6: Readonly<Record<number, string>> = {
  1: "destination unreachable",
  2: "packet too big",
  3: "time exceeded",
  4: "parameter problem",
  128: "echo request",
  129: "echo reply",
  135: "neighbour solicitation",
  136: "neighbour advertisement",
};

/** An ICMP message, with the packet that it quotes. RFC 792; RFC 4443 where there is a pseudo-header. */
export function dissectIcmp(r: FieldReader, end: number, pseudo: Pseudo | null): readonly Field[] {
  const at = r.at;
  if (end - at < 8) return [rest(r, "ICMP header cut short")];
  const names = pseudo ? MESSAGES_V6 : MESSAGES;
  const id = pseudo ? "icmpv6" : "icmp";
  const type = r.u8(at);
  const mtu = pseudo ? type === 2 : type === 3 && r.u8(at + 1) === 4;
  const echo = pseudo ? type === 128 || type === 129 : type === 0 || type === 8;
  const icmp = r.field(
    id,
    pseudo ? "Internet Control Message Protocol v6" : "Internet Control Message Protocol",
    at,
    8,
    names[type] ?? "",
    {
      help: "What the network has to say about a packet. RFC 792, RFC 4443.",
      parts: [
        r.field(`${id}.type`, "Type", at, 1, `${type} (${names[type] ?? "unknown"})`),
        r.field(`${id}.code`, "Code", at + 1, 1, decimal(r.u8(at + 1)), {
          help: "What exactly, among messages of this type.",
        }),
        checksum(r, `${id}.checksum`, at + 2, r.octets.subarray(at, end), 2, "Over the whole message.", pseudo?.octets),
        ...rest4(r, id, at + 4, echo, mtu, pseudo !== null),
      ],
    },
  );
  r.at = at + 8;
  const quotes = !pseudo && !echo && r.u8(r.at) >> 4 === 4;
  if (!quotes) return end > r.at ? [icmp, text(r, end)] : [icmp];
  const about = dissectIpv4(r)[0];
  return about ? [icmp, { ...about, id: "icmp.quoted", name: "What it is about: IPv4" }, ...quoted(r, end)] : [icmp];
}

function rest4(r: FieldReader, id: string, at: number, echo: boolean, mtu: boolean, v6: boolean): readonly Field[] {
  if (echo) {
    return [
      r.field(`${id}.ident`, "Identifier", at, 2, decimal(r.u16(at))),
      r.field(`${id}.seq`, "Sequence number", at + 2, 2, decimal(r.u16(at + 2))),
    ];
  }
  if (!mtu) return [r.field(`${id}.unused`, "Unused", at, 4, decimal(r.u32(at)))];
  const help = "How large a packet may be to get through. RFC 1191, RFC 8201.";
  if (v6) return [r.field("icmpv6.mtu", "MTU", at, 4, decimal(r.u32(at)), { help })];
  return [r.field("icmp.mtu", "MTU of the next link", at + 2, 2, decimal(r.u16(at + 2)), { help })];
}

/** The first octets of what the quoted packet carried: its ports. */
function quoted(r: FieldReader, end: number): readonly Field[] {
  const length = end - r.at;
  if (length < 4) return [];
  const ports = `${r.u16(r.at)} → ${r.u16(r.at + 2)}`;
  return [r.field("icmp.quoted.ports", "What it carried", r.at, length, `${length} octets, ports ${ports}`)];
}
