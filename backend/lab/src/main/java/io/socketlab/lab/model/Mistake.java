package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.expr.LocalText;
import java.util.List;
import java.util.Optional;

/**
 * A mistake that people make in this lab, and a wrong answer that shows it.
 *
 * @param when how it is told in a run
 * @param mutant the file that makes it
 * @param fails the checks that the file fails; it fails no others
 * @param cap how many percent a run with it earns at most
 */
public record Mistake(
        String id,
        Assertion when,
        LocalText say,
        Severity severity,
        Optional<String> mutant,
        List<String> fails,
        Optional<Integer> cap) {

    public Mistake {
        fails = List.copyOf(fails);
    }

    /** Whether it is wrong or only worth saying. */
    public enum Severity {
        WARN,
        ERROR
    }
}
