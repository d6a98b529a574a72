import { checksum, decimal, type Field, type FieldReader, hex, type Pseudo, rest, text } from "./field-reader.ts";

const FLAGS: readonly (readonly [string, string, string])[] = [
  ["cwr", "Congestion window reduced", "The sender has slowed down because of an ECE. RFC 3168."],
  ["ece", "ECN-echo", "A packet came marked; in a SYN: I speak ECN. RFC 3168."],
  ["urg", "Urgent", "The urgent pointer counts."],
  ["ack", "Acknowledgment", "The acknowledgement number counts: set in all but the first SYN."],
  ["push", "Push", "The end of what a program wrote: hand it on."],
  ["reset", "Reset", "The connection is over, now, and what is under way is lost. RFC 9293 §3.10.7."],
  ["syn", "Syn", "Opens: the sequence number is the initial one."],
  ["fin", "Fin", "The sender has sent all that it will send."],
];

/** A TCP segment with its options. RFC 9293 §3.1. */
export function dissectTcp(r: FieldReader, end: number, pseudo: Pseudo): readonly Field[] {
  const at = r.at;
  const header = r.number((at + 12) * 8, 4) * 4;
  if (end - at < 20 || header < 20 || header > end - at) return [rest(r, "TCP header cut short")];
  const [source, destination] = [decimal(r.u16(at)), decimal(r.u16(at + 2))];
  const flags = r.u8(at + 13);
  const names = FLAGS.filter((_, i) => (flags >> (7 - i)) & 1).map(([name]) =>
    name === "reset" ? "RST" : name === "push" ? "PSH" : name.toUpperCase(),
  );
  const tcp = r.field(
    "tcp",
    "Transmission Control Protocol",
    at,
    header,
    `${source} → ${destination} [${names.join(", ")}]`,
    {
      help: "A stream of octets between two programs, in order and without gaps. RFC 9293.",
      parts: [
        r.field("tcp.srcport", "Source port", at, 2, source),
        r.field("tcp.dstport", "Destination port", at + 2, 2, destination),
        r.field("tcp.seq", "Sequence number", at + 4, 4, decimal(r.u32(at + 4)), {
          help: "Of the first octet of text, as it is on the wire; a SYN or FIN takes one.",
        }),
        r.field("tcp.ack", "Acknowledgment number", at + 8, 4, decimal(r.u32(at + 8)), {
          help: "The next octet that the sender of this expects: all before it have come.",
        }),
        r.bits(
          "tcp.hdr_len",
          "Header length",
          (at + 12) * 8,
          4,
          (n) => `${n * 4} octets (${n})`,
          "In words of 32 bits; more than 5 with options.",
        ),
        r.bits("tcp.flags.res", "Reserved", (at + 12) * 8 + 4, 4, decimal),
        r.field("tcp.flags", "Flags", at + 13, 1, `${hex(flags, 2)} (${names.join(", ") || "none"})`, {
          parts: FLAGS.map(([id, name, help], i) =>
            r.bits(`tcp.flags.${id}`, name, (at + 13) * 8 + i, 1, (n) => (n === 1 ? "set" : "not set"), help),
          ),
        }),
        r.field("tcp.window_size_value", "Window", at + 14, 2, decimal(r.u16(at + 14)), {
          help: "Octets that the sender of this would take, to be shifted by what its SYN has said. RFC 7323.",
        }),
        checksum(
          r,
          "tcp.checksum",
          at + 16,
          r.octets.subarray(at, end),
          16,
          "Over header, text and the addresses of the IP header.",
          pseudo.octets,
        ),
        r.field("tcp.urgent_pointer", "Urgent pointer", at + 18, 2, decimal(r.u16(at + 18)), {
          help: "Where urgent text ends, if URG is set. RFC 6093.",
        }),
        ...(header > 20 ? [options(r, at + 20, at + header)] : []),
      ],
    },
  );
  r.at = at + header;
  return end > r.at ? [tcp, text(r, end)] : [tcp];
}

function options(r: FieldReader, from: number, to: number): Field {
  const parts: Field[] = [];
  let at = from;
  while (at < to) {
    const kind = r.u8(at);
    const length = kind < 2 ? 1 : r.u8(at + 1);
    if (length < 1 || (kind >= 2 && length < 2) || at + length > to) {
      parts.push(r.field(`option-${at}`, "Cut short", at, to - at, "", { wrong: true }));
      break;
    }
    parts.push(option(r, kind, at, length));
    at += length;
    if (kind === 0) break;
  }
  const names = parts.map(({ name }) => name).join(", ");
  return r.field("tcp.options", "Options", from, to - from, `${to - from} octets: ${names}`, { parts });
}

/** An option of a kind that is known, or what it has. IANA's list of TCP option kinds. */
function option(r: FieldReader, kind: number, at: number, length: number): Field {
  const id = `option-${at}`;
  const head = (): Field[] => [
    r.field("kind", "Kind", at, 1, decimal(kind)),
    r.field("length", "Length", at + 1, 1, decimal(length)),
  ];
  switch (kind) {
    case 0:
      return r.field(id, "End of options", at, 1, "", { help: "Nothing follows. RFC 9293." });
    case 1:
      return r.field(id, "No-operation", at, 1, "", {
        help: "Fills up, so that what follows begins at a word. RFC 9293.",
      });
    case 2: {
      const value = `${r.u16(at + 2)} octets`;
      const help = "The most text that I take in a segment. In SYNs only. RFC 9293 §3.7.1.";
      return r.field(id, "Maximum segment size", at, length, value, {
        help,
        parts: [...head(), r.field("mss", "MSS", at + 2, 2, value)],
      });
    }
    case 3: {
      const shift = r.u8(at + 2);
      const value = `shift ${shift}: windows count ${2 ** shift} octets`;
      const help = "How far my window field is to be shifted, if both say so. In SYNs only. RFC 7323 §2.";
      return r.field(id, "Window scale", at, length, value, {
        help,
        parts: [...head(), r.field("shift", "Shift", at + 2, 1, decimal(shift))],
      });
    }
    case 4:
      return r.field(id, "SACK permitted", at, length, "", {
        help: "I understand selective acknowledgements. RFC 2018.",
        parts: head(),
      });
    case 5:
      return sack(r, id, at, length, head());
    case 8: {
      const [value, echo] = [decimal(r.u32(at + 2)), decimal(r.u32(at + 6))];
      const help =
        "My clock, and yours as I last heard it: for the round-trip time, and against old duplicates. RFC 7323 §3.";
      const parts = [
        ...head(),
        r.field("tsval", "TSval", at + 2, 4, value),
        r.field("tsecr", "TSecr", at + 6, 4, echo),
      ];
      return r.field(id, "Timestamps", at, length, `TSval ${value}, TSecr ${echo}`, { help, parts });
    }
    case 19:
      return r.field(id, "MD5 signature", at, length, "", {
        help: "Signed with a key that both have. RFC 2385.",
        parts: head(),
      });
    case 34: {
      const help = "A cookie with which text may come in the SYN; empty to ask for one. RFC 7413.";
      return r.field(id, "Fast open cookie", at, length, length === 2 ? "asked for" : `${length - 2} octets`, {
        help,
        parts: head(),
      });
    }
    default:
      return r.field(id, `Option ${kind}`, at, length, `${length} octets`, { parts: head() });
  }
}

function sack(r: FieldReader, id: string, at: number, length: number, head: Field[]): Field {
  const blocks: Field[] = [];
  for (let edge = at + 2; edge + 8 <= at + length; edge += 8) {
    const value = `${r.u32(edge)} to ${r.u32(edge + 4)}`;
    blocks.push(r.field(`block-${edge}`, blocks.length === 0 ? "Block, the latest" : "Block", edge, 8, value));
  }
  return r.field(id, "SACK", at, length, blocks.map(({ value }) => value).join("; "), {
    help: "Octets that have come out of order: from the first of them to the one behind the last. RFC 2018; below the acknowledgement they came twice, RFC 2883.",
    parts: [...head, ...blocks],
  });
}
