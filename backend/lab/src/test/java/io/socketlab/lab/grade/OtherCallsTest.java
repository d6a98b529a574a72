package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * A right answer is right by whichever call it does the same: each solution of the catalogue passes
 * with others in their place.
 */
class OtherCallsTest {

    private static final long SEED = 1;

    /** A time in front of a step, and who makes it. */
    private static final String FRONT = "^((?:\\+\\S+ )?)([a-z0-9.]+): ";

    /**
     * What takes the place of what.
     *
     * @param by as for {@link java.util.regex.Matcher#replaceAll(String)}
     */
    private record Way(String name, Pattern of, String by) {

        Way(String name, String of, String by) {
            this(name, Pattern.compile(of, Pattern.MULTILINE), by);
        }

        String applied(String script) {
            return of.matcher(script).replaceAll(by);
        }
    }

    private static final List<Way> WAYS =
            List.of(
                    new Way("recvfrom() for recv()", "\\brecv\\(", "recvfrom("),
                    new Way("read() for recv()", "\\brecv\\(([^()]*), 0\\)", "read($1)"),
                    new Way("write() for send()", "\\bsend\\(([^()]*), 0\\)", "write($1)"),
                    new Way("accept4() for accept()", "\\baccept\\(([^(),]*)\\)", "accept4($1, 0)"),
                    new Way(
                            "connect() that does not wait",
                            FRONT + "connect\\(([0-9]+), (.*)\\) = 0$",
                            """
                            $1$2: fcntl($3, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                            $2: connect($3, $4) = -1 EINPROGRESS
                            $2: poll([{fd=$3, events=POLLOUT}], 1, -1) = 1
                            $2: fcntl($3, F_SETFL, O_RDWR) = 0\
                            """),
                    new Way(
                            "questions in between",
                            FRONT + "listen\\(([0-9]+), (.*)\\) = 0$",
                            "$0\n$2: getsockname($3)\n$2: fcntl($3, F_GETFL)"));

    @TestFactory
    Stream<DynamicTest> solutionsPassInEachWay() {
        return LabCatalogue.ofClassPath(getClass().getClassLoader()).all().stream()
                .map(Lab::withAnswers)
                .flatMap(lab -> lab.solutions().stream().flatMap(path -> tests(lab, path)));
    }

    private static Stream<DynamicTest> tests(Lab lab, String path) {
        String script = lab.files().read(path).orElseThrow();
        return WAYS.stream()
                .filter(way -> way.of().matcher(script).find())
                .map(way ->
                        dynamicTest(
                                lab.id() + "/" + path + ": " + way.name(),
                                () -> assertRight(lab, way.applied(script))));
    }

    private static void assertRight(Lab lab, String script) {
        LabRun run = LabRun.start(lab, SEED);
        var result = ScriptGrader.grade(lab, run, ScriptRunner.run(run, Source.of("way", script)));
        assertThat(result.tests())
                .allSatisfy(test ->
                        assertThat(test.status())
                                .as(test.id() + ": " + test.output())
                                .isEqualTo(Verdict.PASS));
        assertThat(result.mistakes())
                .filteredOn(m -> !m.severity().equalsIgnoreCase("warn"))
                .isEmpty();
        assertThat(result.score()).isEqualTo(lab.maxScore());
    }
}
