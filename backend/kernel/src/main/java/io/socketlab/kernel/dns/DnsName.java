package io.socketlab.kernel.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A domain name, which always counts from the root. Upper and lower case are the same. RFC 1035
 * §3.1.
 *
 * @param labels from the most special to the most general, in lower case; none for the root
 */
public record DnsName(List<String> labels) {

    public static final DnsName ROOT = new DnsName(List.of());

    /** Octets of a label. */
    private static final int MAX_LABEL = 63;

    /** Octets of a name on the wire, with the length in front of each label and the last 0. */
    private static final int MAX_NAME = 255;

    public DnsName {
        labels = labels.stream().map(l -> l.toLowerCase(Locale.ROOT)).toList();
        int length = 1;
        for (String label : labels) {
            if (label.isEmpty() || label.length() > MAX_LABEL) {
                throw new IllegalArgumentException("label of " + label.length() + " octets");
            }
            length += 1 + label.length();
        }
        if (length > MAX_NAME) throw new IllegalArgumentException("name of " + length + " octets");
    }

    /** Reads {@code www.example.com}, with or without a dot at its end; empty if it is no name. */
    public static Optional<DnsName> parse(String text) {
        if (text.equals(".")) return Optional.of(ROOT);
        String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        List<String> labels = List.of(name.split("\\.", -1));
        boolean good =
                name.length() < MAX_NAME - 1
                        && labels.stream()
                                .allMatch(l ->
                                        l.matches("[A-Za-z0-9_*]([A-Za-z0-9_-]*[A-Za-z0-9_])?")
                                                && l.length() <= MAX_LABEL);
        return good ? Optional.of(new DnsName(labels)) : Optional.empty();
    }

    /** This name below {@code origin}. */
    public DnsName under(DnsName origin) {
        var all = new ArrayList<>(labels);
        all.addAll(origin.labels);
        return new DnsName(all);
    }

    /** Whether it is {@code ancestor} or lies below it. */
    public boolean isWithin(DnsName ancestor) {
        int surplus = labels.size() - ancestor.labels.size();
        return surplus >= 0 && labels.subList(surplus, labels.size()).equals(ancestor.labels);
    }

    /** The name one label up; of the root itself the root. */
    public DnsName parent() {
        return labels.isEmpty() ? this : new DnsName(labels.subList(1, labels.size()));
    }

    @Override
    public String toString() {
        return labels.isEmpty() ? "." : String.join(".", labels);
    }
}
