package io.socketlab.lab.model;

import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Parameters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A lab as {@code lab.yaml} says it. One that exists has been read without a mistake.
 *
 * @param id stable for ever
 * @param revision counts what was published
 * @param peers a script for the hosts that the student does not drive, with the lines and columns
 *     that it has in the file
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

    /**
     * The same with compiled programs that somebody has brought.
     *
     * @param programs finds one by its name, {@link SubmittedPrograms#name}
     */
    public Lab with(Function<String, Optional<byte[]>> programs) {
        return new Lab(
                id,
                revision,
                about,
                stack,
                topology,
                params,
                variants,
                student,
                peers,
                checks,
                mistakes,
                predictions,
                scoring,
                new SubmittedPrograms(files, programs));
    }

    /** The same lab under another id, as which it is not published: a trial of a draft. */
    public Lab as(String otherId) {
        return new Lab(
                otherId,
                revision,
                about,
                stack,
                topology,
                params,
                variants,
                student,
                peers,
                checks,
                mistakes,
                predictions,
                scoring,
                files);
    }

    /** The same for whoever proves it: its solutions and wrong answers can be started. */
    public Lab withAnswers() {
        return with(files::answer);
    }

    /** The scripts that solve it, by path; programs and their sources stand beside them. */
    public List<String> solutions() {
        return scripts("solution");
    }

    /** The scripts with wrong answers. */
    public List<String> mutants() {
        return scripts("mutants");
    }

    private List<String> scripts(String folder) {
        return files.list(folder).stream().filter(path -> path.endsWith(".pkt")).toList();
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
        return new ParameterSpace(params, variants).of(seed);
    }

    /** A file of the lab's folder with a seed's parameters filled in, {@code starter/c1.pkt}. */
    public Optional<String> file(String path, long seed) {
        return files.read(path).map(text -> parameters(seed).fill(text));
    }

    /** The C files that a program of a host begins with; none if the lab gives none. */
    public List<StarterSource> sources(String host) {
        return student.sources().getOrDefault(host, List.of()).stream()
                .map(path ->
                        new StarterSource(
                                path.substring(path.lastIndexOf('/') + 1),
                                files.read(path).orElse("")))
                .toList();
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
