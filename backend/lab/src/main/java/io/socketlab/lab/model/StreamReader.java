package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Assertion.Content;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.model.Samples.Kind;
import java.util.List;
import java.util.Optional;

/** Reads {@code stream}: {@code {dir: client -> server, length: 100, equals: sent}}. */
final class StreamReader {

    private static final List<String> CONTENTS = List.of("equals", "prefix", "sha256", "records");

    private final Names names;

    StreamReader(Names names) {
        this.names = names;
    }

    Optional<Assertion> read(Element value) {
        try (Fields fields = value.fields("stream")) {
            Optional<Element> dir = fields.need("dir");
            Optional<Expression> length =
                    fields.get("length").flatMap(e -> names.expression(e, Kind.NUMBER));
            Content content = content(value, fields);
            if (content instanceof Content.Alphabet && length.isEmpty()) {
                value.problem("expected a length beside equals: \"...\"");
            }
            if (dir.isEmpty()) return Optional.empty();
            String[] ends = dir.get().text("two hosts").split("->", -1);
            if (ends.length != 2) {
                dir.get().problem("expected two hosts, as in 'client -> server'");
                return Optional.empty();
            }
            for (String end : ends) known(dir.get(), end.strip());
            if (ends[0].strip().equals(ends[1].strip())) {
                dir.get().problem("expected two hosts, as in 'client -> server'");
            }
            return Optional.of(
                    new Assertion.Stream(ends[0].strip(), ends[1].strip(), length, content));
        }
    }

    private void known(Element dir, String host) {
        if (!names.isHost(host)) Names.known(dir, "host", host, names.hosts());
        else names.checkNumber(dir, host, host);
    }

    private Content content(Element value, Fields fields) {
        List<String> there = CONTENTS.stream().filter(key -> fields.get(key).isPresent()).toList();
        if (there.isEmpty()) return new Content.AsSent();
        if (there.size() > 1) {
            value.problem("expected one of " + String.join(", ", there) + ", not all of them");
            return new Content.AsSent();
        }
        Element element = fields.need(there.getFirst()).orElseThrow();
        return switch (there.getFirst()) {
            case "equals" -> exactly(element);
            case "prefix" -> new Content.StartsWith(names.template(element));
            case "sha256" -> sha256(element);
            default -> records(element);
        };
    }

    private Content exactly(Element element) {
        String text = element.text("sent, ..., or a text");
        if (text.equals("sent")) return new Content.AsSent();
        if (text.equals("...")) return new Content.Alphabet();
        return new Content.Exactly(names.template(element));
    }

    private Content sha256(Element element) {
        String hex = names.template(element);
        if (!hex.contains("{{") && !hex.matches("[0-9a-fA-F]{64}")) {
            element.problem("expected a SHA-256 digest of 64 hexadecimal digits");
        }
        return new Content.Sha256(hex);
    }

    private Content records(Element element) {
        try (Fields fields = element.fields("records, as in {length_octets: 2, count: 5}")) {
            return new Content.Records(
                    fields.integer("length_octets", 1, 4),
                    fields.get("count").flatMap(e -> names.expression(e, Kind.NTH)));
        }
    }
}
