package io.socketlab.lab.script;

import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv6Address;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** An argument as it is written. {@code toString} writes it again, so that it reads as the same. */
public sealed interface Argument {

    Position position();

    /** {@code 42}, {@code -1}, {@code 0x1F}. */
    record Numeral(Position position, long value, String written) implements Argument {
        @Override
        public String toString() {
            return written;
        }
    }

    /** {@code 1.5}, {@code 50ms}: a length of time. */
    record Duration(Position position, long nanos, String written) implements Argument {
        @Override
        public String toString() {
            return written;
        }
    }

    /** {@code SOCK_STREAM|SOCK_NONBLOCK}: constants, and numbers among them, joined by "or". */
    record Symbols(Position position, List<Term> terms) implements Argument {
        public Symbols {
            terms = List.copyOf(terms);
        }

        @Override
        public String toString() {
            return terms.stream().map(Term::written).collect(Collectors.joining("|"));
        }
    }

    /** A constant's name or a number. */
    record Term(Position position, String written) {}

    /**
     * A text in quotation marks, as in C.
     *
     * @param octets one a character, from U+0000 to U+00FF
     */
    record Text(Position position, String octets) implements Argument {
        public byte[] bytes() {
            return Octets.bytes(octets);
        }

        @Override
        public String toString() {
            return Octets.quoted(octets);
        }
    }

    /**
     * {@code ...}: left to whoever runs it.
     *
     * @param from {@code ...+5000}: of octets to send, those from there on
     */
    record Ellipsis(Position position, int from) implements Argument {
        public Ellipsis(Position position) {
            this(position, 0);
        }

        @Override
        public String toString() {
            return from == 0 ? "..." : "...+" + from;
        }
    }

    /** {@code 10.0.0.2:8080}, {@code [2001:db8::2]:8080}, {@code server:8080}, {@code *:8080}. */
    record Address(Position position, Host host, int port) implements Argument {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** The host of an address. */
    sealed interface Host {

        record Numeric(IpAddress address) implements Host {
            @Override
            public String toString() {
                return address instanceof Ipv6Address ? "[" + address + "]" : address.toString();
            }
        }

        record Named(String name) implements Host {
            @Override
            public String toString() {
                return name;
            }
        }

        /** The IPv6 address of the host of that name. */
        record NamedIpv6(String name) implements Host {
            @Override
            public String toString() {
                return "[" + name + "]";
            }
        }

        /** INADDR_ANY. */
        record Any() implements Host {
            @Override
            public String toString() {
                return "*";
            }
        }
    }

    /** <code>{onoff=1, linger=0}</code>. */
    record Struct(Position position, List<Field> fields) implements Argument {
        public Struct {
            fields = List.copyOf(fields);
        }

        public Optional<Argument> field(String name) {
            return fields.stream().filter(f -> f.name().equals(name)).map(Field::value).findFirst();
        }

        @Override
        public String toString() {
            return fields.stream().map(Field::toString).collect(Collectors.joining(", ", "{", "}"));
        }
    }

    /**
     * A member of a struct.
     *
     * @param name empty where only the value is written, as in an iovec <code>{..., 100}</code>
     * @param size the count that packetdrill writes behind some names: {@code msg_iov(2)=}
     */
    record Field(Position position, String name, Optional<Argument> size, Argument value) {
        @Override
        public String toString() {
            if (name.isEmpty()) return value.toString();
            return name + size.map(s -> "(" + s + ")").orElse("") + "=" + value;
        }
    }

    /** {@code [1]}, <code>[{fd=3, events=POLLIN}]</code>: what a pointer points at. */
    record Array(Position position, List<Argument> elements) implements Argument {
        public Array {
            elements = List.copyOf(elements);
        }

        @Override
        public String toString() {
            return elements.stream()
                    .map(Argument::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** {@code htons(8080)}, {@code inet_addr("10.0.0.2")}. */
    record Applied(Position position, String function, List<Argument> arguments)
            implements Argument {
        public Applied {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return arguments.stream()
                    .map(Argument::toString)
                    .collect(Collectors.joining(", ", function + "(", ")"));
        }
    }

    /** For a message, after "found". */
    default String found() {
        return this instanceof Text ? "the text " + this : "'" + this + "'";
    }
}
