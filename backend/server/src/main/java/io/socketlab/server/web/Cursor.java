package io.socketlab.server.web;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A place in a list that goes from the newest to the oldest: what comes after it is older. */
public record Cursor(Instant time, UUID id) {

    private static final int OCTETS = Long.BYTES * 3;
    private static final int MOST = 100;

    /**
     * The order of what is not in the database. Ids go as it does: by their octets, and not as
     * {@link UUID#compareTo}, which takes them for signed.
     */
    public static final Comparator<Cursor> LAST_FIRST =
            Comparator.comparing(Cursor::time).thenComparing(c -> c.id.toString()).reversed();

    /** Before everything. */
    private static final Cursor START =
            new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    /**
     * A part of a list.
     *
     * @param next what to ask for the next part with; absent at the end
     */
    public record Page<T>(List<T> items, Optional<String> next) {
        public Page {
            items = List.copyOf(items);
        }
    }

    /** Asks for a part of the list after a place. */
    public interface Query<T> {
        List<T> after(Cursor place, int limit);
    }

    /**
     * A part of a list, and where it goes on.
     *
     * @param text as it was given out, null at the beginning
     * @throws ProblemException if it was not, or the limit is none
     */
    public static <T> Page<T> page(
            @Nullable String text, int limit, Query<T> query, Function<T, Cursor> place) {
        if (limit < 1 || limit > MOST) {
            throw invalid("limit", "a whole number from 1 to " + MOST, Integer.toString(limit));
        }
        List<T> found = query.after(text == null ? START : parse(text), limit + 1);
        if (found.size() <= limit) return new Page<>(found, Optional.empty());
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Optional.of(place.apply(items.getLast()).text()));
    }

    /**
     * A part of a list that is at hand.
     *
     * @param all in the order of {@link #LAST_FIRST}
     * @throws ProblemException as {@link #page(String, int, Query, Function)}
     */
    public static <T> Page<T> page(
            @Nullable String text, int limit, List<T> all, Function<T, Cursor> place) {
        return page(
                text,
                limit,
                (after, most) ->
                        all.stream()
                                .filter(item -> LAST_FIRST.compare(place.apply(item), after) > 0)
                                .limit(most)
                                .toList(),
                place);
    }

    private static Cursor parse(String text) {
        try {
            byte[] octets = Base64.getUrlDecoder().decode(text);
            if (octets.length != OCTETS) throw new IllegalArgumentException("not a cursor");
            ByteBuffer buffer = ByteBuffer.wrap(octets);
            Instant time = Instant.EPOCH.plus(buffer.getLong(), ChronoUnit.MICROS);
            if (time.isBefore(Instant.EPOCH) || time.isAfter(START.time)) {
                throw new IllegalArgumentException("not a time of ours");
            }
            return new Cursor(time, new UUID(buffer.getLong(), buffer.getLong()));
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw invalid("cursor", "what 'next' of the page before was", text);
        }
    }

    private String text() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, time);
        byte[] octets =
                ByteBuffer.allocate(OCTETS)
                        .putLong(micros)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static ProblemException invalid(String name, String expected, String found) {
        return new ProblemException(
                HttpStatus.BAD_REQUEST,
                "invalid-parameter",
                "Invalid parameter",
                "Parameter '%s': expected %s, found '%s'.".formatted(name, expected, found));
    }
}
