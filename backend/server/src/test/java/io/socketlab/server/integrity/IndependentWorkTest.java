package io.socketlab.server.integrity;

import static io.socketlab.server.integrity.Works.work;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.grade.ScriptGrader;
import io.socketlab.lab.model.Lab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often work is flagged that was not copied, and how often work that was. The labs' solutions
 * are taken for hand-ins, as if neither they nor the wrong answers made of them were the lab's:
 * then more is left to be alike than in a course. The figures are in docs/courses.md.
 */
@Execution(ExecutionMode.CONCURRENT)
class IndependentWorkTest {

    private static final LabCatalogue LABS =
            LabCatalogue.ofClassPath(IndependentWorkTest.class.getClassLoader());

    private static List<String> solutions(Lab lab, String ending) {
        return lab.files().list("solution").stream()
                .filter(path -> path.endsWith(ending))
                // a few lines that start programs, which stand beside them
                .filter(path -> !path.endsWith("/in_c.pkt"))
                .toList();
    }

    private static Handout withoutAnswers(Lab lab) {
        var answers = new HashSet<String>();
        Stream.of("solution", "mutants").map(lab.files()::list).forEach(answers::addAll);
        return new Handout(lab, answers);
    }

    private static String text(Lab lab, String path, long seed) {
        return path.endsWith(".c")
                ? lab.files().read(path).orElseThrow()
                : lab.file(path, seed).orElseThrow();
    }

    private static boolean isFlagged(Lab lab, String one, String other) {
        Handout handout = withoutAnswers(lab);
        Work first = work("Ada", 1, handout.given(1), text(lab, one, 1));
        Work second = work("Bob", 2, handout.given(2), text(lab, other, 2));
        return !Similarity.pairs(List.of(first, second), handout).isEmpty();
    }

    /** Each two different solutions of a lab. */
    private record Two(Lab lab, String one, String other) {
        static List<Two> all(String ending) {
            List<Two> all = new ArrayList<>();
            for (Lab lab : LABS.all()) {
                List<String> paths = solutions(lab, ending);
                for (int i = 0; i < paths.size(); i++) {
                    for (int j = i + 1; j < paths.size(); j++) {
                        all.add(new Two(lab, paths.get(i), paths.get(j)));
                    }
                }
            }
            return all;
        }
    }

    /** These have solutions that differ in a value, a line or the order of their parts. */
    private static final List<String> NEARLY_EQUAL =
            List.of("cc3-limited-by-what", "t2-address-in-use", "x2-level-or-edge");

    @Test
    void differentSolutionsOfALabAreFlaggedWhereTheyAreNearlyEqual() {
        List<Two> pairs = Two.all(".pkt");
        List<String> flagged =
                pairs.stream()
                        .filter(two -> isFlagged(two.lab(), two.one(), two.other()))
                        .map(two -> two.lab().id())
                        .toList();
        System.out.printf(
                "independent scripts: %d of %d pairs flagged: %s%n",
                flagged.size(), pairs.size(), flagged);
        assertThat(pairs).hasSizeGreaterThan(27);
        assertThat(flagged).containsExactlyInAnyOrderElementsOf(NEARLY_EQUAL);
    }

    @Test
    void differentProgramsForALabAreNotFlagged() {
        List<Two> pairs = Two.all(".c");
        List<String> flagged =
                pairs.stream()
                        .filter(two -> isFlagged(two.lab(), two.one(), two.other()))
                        .map(two -> two.one() + " and " + two.other())
                        .toList();
        System.out.printf(
                "independent programs: %d of %d pairs flagged: %s%n",
                flagged.size(), pairs.size(), flagged);
        assertThat(pairs).hasSizeGreaterThan(5);
        assertThat(flagged).isEmpty();
    }

    private static String script(String path) {
        try (InputStream in = IndependentWorkTest.class.getResourceAsStream("/integrity/" + path)) {
            return new String(Objects.requireNonNull(in, path).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Three labs solved in other ways, as people do who put much or little into it. */
    @ParameterizedTest
    @CsvSource({
        "c1-handshake, terse careful curious",
        "c5-goodbye, terse careful curious",
        "t2-address-in-use, terse careful"
    })
    void solutionsOfOtherHabitsAreNotFlagged(String id, String habits) {
        Lab lab = LABS.find(id).orElseThrow();
        Handout handout = withoutAnswers(lab);
        List<Work> others = new ArrayList<>();
        for (String habit : habits.split(" ", -1)) {
            long seed = others.size() + 1L;
            String script = script(id + "/" + habit + ".pkt");
            assertThat(ScriptGrader.grade(lab, seed, habit, script).verdict())
                    .as(id + " " + habit)
                    .isEqualTo(Verdict.PASS);
            String text = lab.parameters(seed).fill(script);
            others.add(work(habit, seed, handout.given(seed), text));
        }
        List<Work> labs =
                solutions(lab, ".pkt").stream()
                        .map(path -> work(path, 9, handout.given(9), text(lab, path, 9)))
                        .toList();
        for (Work one : others) {
            for (Work other : Stream.concat(others.stream(), labs.stream()).toList()) {
                assertThat(Similarity.pairs(List.of(one, other), handout))
                        .as(one.member().name() + " and " + other.member().name())
                        .isEmpty();
            }
        }
    }

    @Test
    void aSolutionWithAnotherSeedIsMostlyFound() {
        int copies = 0;
        List<String> missed = new ArrayList<>();
        for (Lab lab : LABS.all()) {
            for (String path : solutions(lab, ".pkt")) {
                copies++;
                if (!isFlagged(lab, path, path)) missed.add(lab.id() + "/" + path);
            }
        }
        System.out.printf(
                "copied scripts: %d of %d found; not: %s%n",
                copies - missed.size(), copies, missed);
        // the rest are full of numbers that were worked out from their seed's
        assertThat(missed).hasSizeLessThan(copies / 8);
    }
}
