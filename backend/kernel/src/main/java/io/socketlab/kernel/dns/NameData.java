package io.socketlab.kernel.dns;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The zones of one name server.
 *
 * @param zones in any order
 */
public record NameData(List<Zone> zones) {

    public NameData {
        zones = List.copyOf(zones);
    }

    /** What the server says to a query. RFC 1034 §4.3.2, RFC 1035 §4.1.1. */
    public DnsMessage answer(DnsMessage query) {
        if (query.code() == ResponseCode.NOTIMP) return error(query, ResponseCode.NOTIMP);
        if (query.questions().size() != 1) return error(query, ResponseCode.FORMERR);
        Question question = query.questions().getFirst();
        return nearest(question.name())
                .map(zone -> zone.answer(query, question))
                .orElseGet(() -> error(query, ResponseCode.REFUSED));
    }

    private Optional<Zone> nearest(DnsName name) {
        return zones.stream()
                .filter(z -> name.isWithin(z.origin()))
                .max(Comparator.comparingInt(z -> z.origin().labels().size()));
    }

    private static DnsMessage error(DnsMessage query, ResponseCode code) {
        return query.response(code, false, false, List.of(), List.of());
    }
}
