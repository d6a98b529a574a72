package io.socketlab.server.course;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * From hand-ins to a grade.
 *
 * @param fraction of the points, from 0 to 2: an early one can earn more than the whole
 * @param counted what each hand-in could earn, in their order
 */
public record Credit(double fraction, List<Counted> counted) {

    private static final double PERCENT = 100;

    public Credit {
        counted = List.copyOf(counted);
    }

    /**
     * A hand-in and what it was worth.
     *
     * @param percent of the points that it could earn; 0 is practice, or what we failed to grade
     * @param paid the fraction of the points that it added to the grade, or would be alone
     */
    public record Counted(HandIn handIn, int percent, double paid) {

        public boolean isPractice() {
            return percent == 0;
        }
    }

    public boolean isEmpty() {
        return counted.stream().allMatch(Counted::isPractice);
    }

    /**
     * The hand-in that the grade is of: the last that counts, else the best, and of these the
     * first.
     */
    Optional<Counted> decisive(Assignment.Pay pay) {
        List<Counted> counting = counted.stream().filter(c -> !c.isPractice()).toList();
        if (counting.isEmpty()) return Optional.empty();
        if (pay == Assignment.Pay.LAST) return Optional.of(counting.getLast());
        Counted best = counting.getFirst();
        for (Counted c : counting) if (worth(c, pay) > worth(best, pay)) best = c;
        return Optional.of(best);
    }

    private static double worth(Counted c, Assignment.Pay pay) {
        return pay == Assignment.Pay.BEST ? c.paid() : c.handIn().fraction();
    }

    /** What hand-ins, in the order of their times, earn under the terms of an assignment. */
    public static Credit of(Assignment assignment, List<HandIn> handIns) {
        List<Counted> counted = new ArrayList<>();
        double before = 0;
        double grade = 0;
        int n = 0;
        for (HandIn handIn : handIns) {
            boolean left = assignment.attempts() == 0 || n < assignment.attempts();
            boolean counts = left && !handIn.isOurFault();
            int percent = counts ? percent(assignment, n, handIn.at()) : 0;
            if (percent > 0) n++;
            double rate = percent / PERCENT;
            double paid =
                    assignment.pay() == Assignment.Pay.IMPROVEMENT
                            ? Math.max(0, handIn.fraction() - before) * rate
                            : handIn.fraction() * rate;
            if (percent > 0) {
                grade =
                        switch (assignment.pay()) {
                            case IMPROVEMENT -> grade + paid;
                            case BEST -> Math.max(grade, paid);
                            case LAST -> paid;
                        };
                before = Math.max(before, handIn.fraction());
            }
            counted.add(new Counted(handIn, percent, paid));
        }
        return new Credit(grade, counted);
    }

    /**
     * What a hand-in can earn of its points.
     *
     * @param made how many have counted before it
     */
    static int percent(Assignment assignment, int made, Instant at) {
        return ofAttempt(assignment, made) * assignment.timeline().percent(at) / 100;
    }

    /** What its place among the hand-ins leaves of it, in percent; its time aside. */
    static int ofAttempt(Assignment assignment, int made) {
        List<Integer> schedule = assignment.schedule();
        return schedule.isEmpty() ? 100 : schedule.get(Math.min(made, schedule.size() - 1));
    }
}
