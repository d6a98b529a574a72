package io.socketlab.server.integrity;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabReader;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What a lab gives to everybody, and what each seed makes of it: whoever writes the like has it
 * from the task. What has been worked out for a seed is kept.
 */
final class Handout {

    private static final int TRIED_SEEDS = 64;

    /** A parameter with fewer values than this among the seeds tried is a choice of a few. */
    private static final int MANY = 16;

    private static final int LONG = 4;
    private static final String STATEMENT = "statement.en.md";
    private static final List<String> FOLDERS =
            List.of("solution", "mutants", "starter", "programs");

    private final Lab lab;
    private final Set<String> wide;

    /** With their parameters not filled in yet. */
    private final List<String> scripts;

    /** Of programs: they have no parameters, and braces of their own. */
    private final List<String> sources;

    /** What else it says, as it is written. */
    private final List<String> rest;

    private final Map<Long, Given> given = new HashMap<>();
    private final Map<Long, Set<Long>> prints = new HashMap<>();
    private final Map<Long, Set<String>> said = new HashMap<>();

    Handout(Lab lab) {
        this(lab, Set.of());
    }

    /**
     * The same as if some of the lab's files were not there.
     *
     * @param without their paths
     */
    Handout(Lab lab, Set<String> without) {
        this.lab = lab;
        this.wide = wide(lab);
        Stream<String> starter = lab.student().starter().stream();
        this.scripts =
                read(
                        Stream.of(lab.solutions().stream(), lab.mutants().stream(), starter)
                                .flatMap(paths -> paths)
                                .filter(path -> !without.contains(path)));
        this.sources =
                read(
                        FOLDERS.stream()
                                .flatMap(folder -> lab.files().list(folder).stream())
                                .filter(path -> path.endsWith(".c") && !without.contains(path)));
        this.rest = read(Stream.of(LabReader.FILE, STATEMENT));
    }

    private List<String> read(Stream<String> paths) {
        return paths.flatMap(path -> lab.files().read(path).stream()).toList();
    }

    /** The parameters that are drawn from so many values that one tells whose seed it is. */
    private static Set<String> wide(Lab lab) {
        Map<String, Set<String>> seen = new HashMap<>();
        LongStream.rangeClosed(1, TRIED_SEEDS)
                .forEach(seed ->
                        lab.parameters(seed)
                                .values()
                                .forEach((name, value) ->
                                        seen.computeIfAbsent(name, _ -> new HashSet<>())
                                                .add(value.toString())));
        seen.values().removeIf(values -> values.size() < MANY);
        return Set.copyOf(seen.keySet());
    }

    /** What a seed gives. */
    Given given(long seed) {
        return given.computeIfAbsent(seed, this::work);
    }

    private Given work(long seed) {
        Parameters parameters = lab.parameters(seed);
        var values = new HashSet<String>();
        var telling = new HashSet<String>();
        parameters
                .values()
                .forEach((name, value) -> {
                    String text = value.toString();
                    // a single digit is as good as anybody's
                    if (text.length() < 2 || value instanceof Value.Truth) return;
                    values.add(text);
                    boolean tells = value instanceof Value.Int && text.length() >= LONG;
                    if (tells && wide.contains(name)) telling.add(text);
                });
        lab.topology().hosts().stream()
                .flatMap(host -> Stream.of(host.address(), host.address6()))
                .flatMap(Optional::stream)
                .map(address -> parameters.fill(address).replaceFirst("/.*", ""))
                .forEach(address -> {
                    values.add(address);
                    telling.add(address);
                });
        return new Given(values, telling);
    }

    /** The fingerprints of all that it says with a seed. */
    Set<Long> prints(long seed) {
        return prints.computeIfAbsent(
                seed,
                _ -> {
                    var all = new HashSet<Long>();
                    for (String text : texts(seed)) {
                        all.addAll(Fingerprints.of(text.lines().toList(), given(seed)));
                    }
                    return Set.copyOf(all);
                });
    }

    /** The long numbers and addresses that it says to everybody, or with a seed. */
    Set<String> said(long seed) {
        return said.computeIfAbsent(
                seed,
                _ -> {
                    var all = new HashSet<String>();
                    Stream.concat(texts(seed).stream(), rest.stream())
                            .flatMap(String::lines)
                            .forEach(line -> all.addAll(Normal.telling(line)));
                    return Set.copyOf(all);
                });
    }

    private List<String> texts(long seed) {
        Parameters parameters = lab.parameters(seed);
        return Stream.concat(scripts.stream().map(parameters::fill), sources.stream()).toList();
    }
}
