package io.socketlab.lab.model;

import io.socketlab.kernel.sim.Chance;
import io.socketlab.lab.expr.Evaluation;
import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/**
 * A lab as {@code lab.yaml} says it. One that exists has been read without a mistake.
 *
 * @param id stable for ever
 * @param revision counts what was published
 * @param peers a script for the hosts that the student does not drive
 * @param files the other files of its folder
 */
public record Lab(
        String id,
        int revision,
        About about,
        Stack stack,
        Topology topology,
        List<ParameterPlan> params,
        Variants variants,
        Student student,
        Optional<String> peers,
        List<Check> checks,
        List<Mistake> mistakes,
        List<Prediction> predictions,
        Scoring scoring,
        LabFiles files) {

    private static final int DRAWS = 1_000;

    public Lab {
        params = List.copyOf(params);
        checks = List.copyOf(checks);
        mistakes = List.copyOf(mistakes);
        predictions = List.copyOf(predictions);
    }

    /**
     * What people are told of it before they open it.
     *
     * @param level 1 to 4
     * @param after labs that should be done before
     */
    public record About(
            LocalText title,
            List<LocalText> objectives,
            List<String> topics,
            int level,
            int minutes,
            List<String> after) {
        public About {
            objectives = List.copyOf(objectives);
            topics = List.copyOf(topics);
            after = List.copyOf(after);
        }
    }

    public LocalText title() {
        return about.title();
    }

    /**
     * The parameters that a seed makes.
     *
     * @throws IllegalStateException if no draw fulfils the constraints
     */
    public Parameters parameters(long seed) {
        Chance chance = new Chance(seed).fork("params");
        for (int draw = 0; draw < DRAWS; draw++) {
            Parameters parameters = draw(draw == 0 ? chance : chance.fork("again " + draw));
            if (fulfils(parameters)) return parameters;
        }
        throw new IllegalStateException(
                "no parameters of " + id + " for seed " + seed + " fulfil its constraints");
    }

    private Parameters draw(Chance chance) {
        var values = new LinkedHashMap<String, Value>();
        for (ParameterPlan plan : params) {
            values.put(plan.name(), plan.draw(chance, new Parameters(values)));
        }
        return new Parameters(values);
    }

    private boolean fulfils(Parameters parameters) {
        for (Expression constraint : variants.constraints()) {
            if (!Evaluation.truth(Evaluation.constant(constraint, parameters))) return false;
        }
        return true;
    }

    /** A file of the lab's folder with a seed's parameters filled in, {@code starter/c1.pkt}. */
    public Optional<String> file(String path, long seed) {
        return files.read(path).map(text -> parameters(seed).fill(text));
    }

    /** The script that a student starts from. */
    public Optional<String> starter(long seed) {
        return student.starter().flatMap(path -> file(path, seed));
    }

    public Optional<Check> check(String checkId) {
        return checks.stream().filter(c -> c.id().equals(checkId)).findFirst();
    }

    /** Points that can be earned. */
    public int maxScore() {
        return checks.stream().mapToInt(Check::points).sum()
                + predictions.stream().mapToInt(Prediction::points).sum();
    }
}
