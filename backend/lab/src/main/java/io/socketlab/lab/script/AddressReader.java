package io.socketlab.lab.script;

import io.socketlab.kernel.wire.Endpoint;
import io.socketlab.kernel.wire.IpAddress;
import io.socketlab.kernel.wire.Ipv4Address;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Argument.Address;
import io.socketlab.lab.script.Argument.Applied;
import io.socketlab.lab.script.Argument.Ellipsis;
import io.socketlab.lab.script.Argument.Host;
import io.socketlab.lab.script.Argument.Struct;
import io.socketlab.lab.script.Argument.Symbols;
import io.socketlab.lab.script.Argument.Text;
import java.util.Optional;

/** Reads an address in any of the ways to write one. */
final class AddressReader {

    private static final String ADDRESS = "an address such as server:8080, 10.0.0.2:8080 or *:8080";

    private final Source source;
    private final AddressBook book;
    private final Args args;

    AddressReader(Source source, AddressBook book, Args args) {
        this.source = source;
        this.book = book;
        this.args = args;
    }

    /**
     * @param unwritten what {@code ...} stands for
     */
    Endpoint read(int i, Optional<Endpoint> unwritten) {
        return read(args.get(i), unwritten);
    }

    Endpoint read(Argument argument, Optional<Endpoint> unwritten) {
        return switch (argument) {
            case Address address -> new Endpoint(host(address), address.port());
            case Struct struct -> struct(struct);
            case Ellipsis at -> unwritten.orElseThrow(() -> args.expected(at, ADDRESS));
            case Symbols(_, var terms)
                    when terms.size() == 1 && terms.getFirst().written().equals("AF_UNSPEC") ->
                    Endpoint.UNSPECIFIED;
            case Argument other -> throw args.expected(other, ADDRESS);
        };
    }

    private IpAddress host(Address at) {
        return switch (at.host()) {
            case Host.Any _ -> Ipv4Address.ANY;
            case Host.Numeric(var address) -> address;
            case Host.Named(var name) -> book.find(name).orElseThrow(() -> unknown(at, name));
            case Host.NamedIpv6(var name) -> ipv6(at, name);
        };
    }

    private IpAddress ipv6(Address at, String name) {
        return book.findIpv6(name)
                .orElseThrow(() ->
                        book.find(name).isEmpty()
                                ? unknown(at, name)
                                : source.error(
                                        at.position(),
                                        "expected a host with an IPv6 address, found '"
                                                + name
                                                + "'"));
    }

    private ScriptException unknown(Address at, String name) {
        return source.error(
                at.position(),
                "expected one of the hosts "
                        + String.join(", ", book.hosts())
                        + ", found '"
                        + name
                        + "'"
                        + Spelling.hint(name, book.hosts()));
    }

    /** <code>{sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr("10.0.0.2")}</code>. */
    private Endpoint struct(Struct struct) {
        Argument family = member(struct, "sa_family");
        if (args.constant(family, Constants.DOMAIN)
                != (int) Constants.DOMAIN.value("AF_INET").orElseThrow()) {
            throw args.expected(family, "AF_INET");
        }
        Argument port = applied(member(struct, "sin_port"), "htons", "htons(8080)");
        Argument address =
                applied(member(struct, "sin_addr"), "inet_addr", "inet_addr(\"10.0.0.2\")");
        if (!(address instanceof Text text))
            throw args.expected(address, "an address in quotation marks");
        return new Endpoint(
                Ipv4Address.parse(text.octets())
                        .orElseThrow(() ->
                                args.expected(address, "an address of four numbers from 0 to 255")),
                args.integer(port, "a port", 0, 65_535));
    }

    private Argument member(Struct struct, String name) {
        return struct.field(name)
                .orElseThrow(() ->
                        source.error(
                                struct.position(),
                                "expected {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(\"10.0.0.2\")}; "
                                        + name
                                        + " is missing"));
    }

    private Argument applied(Argument argument, String function, String example) {
        if (argument instanceof Applied(_, var name, var inner)
                && name.equals(function)
                && inner.size() == 1) {
            return inner.getFirst();
        }
        if (function.equals("inet_addr")
                && argument instanceof Symbols(var at, var terms)
                && terms.getFirst().written().equals("INADDR_ANY")) {
            return new Text(at, "0.0.0.0");
        }
        throw args.expected(argument, example);
    }
}
