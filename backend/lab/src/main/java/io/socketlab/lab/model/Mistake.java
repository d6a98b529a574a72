package io.socketlab.lab.model;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.expr.LocalText;
import java.util.List;
import java.util.Optional;

/**
 * A mistake that people make in this lab, and a wrong answer that shows it.
 *
 * @param when how it is told in a run
 * @param mutants the files that make it
 * @param fails the checks that each of the files fails; it fails no others
 * @param cap how many percent a run with it earns at most
 */
public record Mistake(
        String id,
        Assertion when,
        LocalText say,
        Severity severity,
        List<String> mutants,
        List<String> fails,
        Optional<Integer> cap) {

    public Mistake {
        mutants = List.copyOf(mutants);
        fails = List.copyOf(fails);
    }

    /** Whether it is wrong or only worth saying. */
    public enum Severity {
        WARN,
        ERROR
    }
}
