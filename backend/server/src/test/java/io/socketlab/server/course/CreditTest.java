package io.socketlab.server.course;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CreditTest {

    private static final Instant DUE = Instant.parse("2026-12-04T18:00:00Z");
    private static final Instant LATE = DUE.plus(Duration.ofDays(7));

    /** Early 110 % until a day before, due, late 50 % for a week. */
    private static final Timeline TIMELINE =
            new Timeline(
                    Optional.empty(),
                    Optional.of(DUE.minus(Duration.ofDays(1))),
                    110,
                    Optional.of(DUE),
                    Optional.of(LATE),
                    50);

    private static Assignment assignment(Assignment.Pay pay, int attempts, Integer... schedule) {
        return new Assignment(
                UUID.randomUUID(),
                UUID.randomUUID(),
                "c1-handshake",
                "The handshake",
                1,
                true,
                10,
                TIMELINE,
                attempts,
                List.of(schedule),
                pay,
                false);
    }

    private static HandIn handIn(double score, Instant at) {
        return handIn(score, "FAIL", at);
    }

    private static HandIn handIn(double score, String verdict, Instant at) {
        return new HandIn(
                UUID.randomUUID(),
                UUID.randomUUID(),
                UUID.randomUUID(),
                "page",
                "1",
                score,
                10,
                verdict,
                at);
    }

    private static List<Integer> percents(Credit credit) {
        return credit.counted().stream().map(Credit.Counted::percent).toList();
    }

    @Test
    void aHandInIsWorthWhatItsTimeSays() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.BEST, 0),
                        List.of(
                                handIn(1, DUE.minus(Duration.ofDays(2))),
                                handIn(1, DUE),
                                handIn(1, DUE.plusNanos(1000)),
                                handIn(1, LATE),
                                handIn(10, LATE.plusNanos(1000))));
        assertThat(percents(credit)).containsExactly(110, 100, 50, 50, 0);
        assertThat(credit.fraction()).isCloseTo(0.11, within(1e-9));
    }

    @Test
    void anImprovementIsPaidAtTheRateOfItsTime() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.IMPROVEMENT, 0),
                        List.of(handIn(6, DUE), handIn(4, DUE), handIn(10, LATE)));
        // 60 % in time, and the 40 % that came late at half their worth
        assertThat(credit.fraction()).isEqualTo(0.8);
        assertThat(credit.counted())
                .extracting(Credit.Counted::paid)
                .containsExactly(0.6, 0.0, 0.2);
    }

    @Test
    void theScheduleSaysWhatEachCanEarnAndItsLastHoldsOn() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.BEST, 0, 100, 80),
                        List.of(handIn(5, DUE), handIn(8, DUE), handIn(10, DUE)));
        assertThat(percents(credit)).containsExactly(100, 80, 80);
        assertThat(credit.fraction()).isEqualTo(0.8);
    }

    @Test
    void moreThanCountArePractice() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.LAST, 2),
                        List.of(handIn(9, DUE), handIn(5, DUE), handIn(10, DUE)));
        assertThat(percents(credit)).containsExactly(100, 100, 0);
        assertThat(credit.fraction()).isEqualTo(0.5);
    }

    @Test
    void whatCountsForNothingUsesNoAttempt() {
        Instant before = DUE.minus(Duration.ofDays(3));
        var opensLater =
                new Timeline(
                        Optional.of(before),
                        Optional.empty(),
                        100,
                        Optional.of(DUE),
                        Optional.empty(),
                        0);
        Assignment one = assignment(Assignment.Pay.LAST, 1).with(opensLater, 1);
        Credit credit = Credit.of(one, List.of(handIn(2, before.minusSeconds(1)), handIn(7, DUE)));
        assertThat(percents(credit)).containsExactly(0, 100);
        assertThat(credit.fraction()).isEqualTo(0.7);
    }

    @Test
    void oneWhoHasHandedInNothingThatCountsHasNoGrade() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.BEST, 0),
                        List.of(handIn(10, LATE.plusSeconds(1))));
        assertThat(credit.isEmpty()).isTrue();
        assertThat(Credit.of(assignment(Assignment.Pay.BEST, 0), List.of()).isEmpty()).isTrue();
    }

    @Test
    void aLaterDeadlineTakesTheLateDaysBeforeItWithIt() {
        Timeline extended = TIMELINE.extended(Optional.of(LATE.plusSeconds(60)), Optional.empty());
        assertThat(extended.late()).isEmpty();
        assertThat(extended.percent(LATE.plusSeconds(60))).isEqualTo(100);
        assertThat(extended.percent(LATE.plusSeconds(61))).isZero();
    }

    @Test
    void whatWeFailedToGradeIsNoAttempt() {
        Credit credit =
                Credit.of(
                        assignment(Assignment.Pay.LAST, 2, 100, 50),
                        List.of(
                                handIn(0, "ERROR", DUE.minusSeconds(30)),
                                handIn(8, DUE.minusSeconds(20)),
                                handIn(10, DUE.minusSeconds(10)),
                                handIn(0, "ERROR", DUE)));
        assertThat(percents(credit)).containsExactly(0, 100, 50, 0);
        assertThat(credit.fraction()).isCloseTo(0.5, within(1e-9));
    }
}
