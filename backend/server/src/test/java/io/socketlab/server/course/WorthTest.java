package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorthTest {

    private static final Instant DUE = Instant.parse("2026-12-04T18:00:00Z");

    /** Due, and for a week behind it half. */
    private static final Timeline TIMELINE =
            new Timeline(
                    Optional.empty(),
                    Optional.empty(),
                    100,
                    Optional.of(DUE),
                    Optional.of(DUE.plus(Duration.ofDays(7))),
                    50);

    private static String sentence(
            Assignment.Pay pay, List<Integer> schedule, int made, Instant now) {
        Assignment assignment =
                new Assignment(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        "c1-handshake",
                        "The handshake",
                        1,
                        true,
                        10,
                        TIMELINE,
                        4,
                        schedule,
                        pay,
                        false);
        return new Worth(assignment, ZoneOffset.UTC, made).sentence(now);
    }

    @ParameterizedTest(name = "{0}, {1} made, {2} days behind the deadline")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    BEST        | 0 | -1 | Counts in full until Fri 4 Dec 2026 18:00.
                    BEST        | 2 | -1 | Hand-in 3 counts 80 % until Fri 4 Dec 2026 18:00.
                    BEST        | 0 |  1 | Counts 50 % until Fri 11 Dec 2026 18:00.
                    BEST        | 2 |  1 | Hand-in 3 counts 40 % until Fri 11 Dec 2026 18:00.
                    BEST        | 3 | -1 | Hand-in 4 counts for nothing: it is practice.
                    BEST        | 4 | -1 | All 4 attempts are used: handing in is practice now.
                    BEST        | 0 |  8 | The deadline is over: handing in is practice now.
                    IMPROVEMENT | 1 | -1 | Counts in full until Fri 4 Dec 2026 18:00. Only what it gains over those before is paid.
                    """)
    void says_what_this_hand_in_can_still_earn(
            Assignment.Pay pay, int made, int days, String said) {
        List<Integer> schedule = List.of(100, 100, 80, 0);
        assertThat(sentence(pay, schedule, made, DUE.plus(Duration.ofDays(days)))).isEqualTo(said);
    }
}
