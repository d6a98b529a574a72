package io.socketlab.lab.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ProgramRunner;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.run.TwoHosts;
import io.socketlab.lab.script.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of C programs that were graded, and that nothing is said of good ones. */
class RemarksTest {

    private static final Path PROGRAMS = Path.of("../sandbox/src/test/resources/programs");
    private static final String SERVER = "10.0.0.2";

    private static ProgramAnswer.Program program(String host, String name, String arguments)
            throws IOException {
        byte[] wasm = Files.readAllBytes(PROGRAMS.resolve(name + ".wasm"));
        return ProgramAnswer.Program.made(host, name, wasm, arguments, "", "");
    }

    private static List<Remark> remarks(ProgramAnswer.Program... programs) {
        var answer = new ProgramAnswer(List.of(programs), Map.of());
        return new ManySeeds(TwoHosts.lab(), 1, 1).grade(new Answer.Programs(answer)).remarks();
    }

    /** A program that is server and client, on two hosts. */
    private static List<Remark> both(String name) throws IOException {
        return remarks(program("server", name, "serve"), program("client", name, SERVER));
    }

    @Test
    void descriptorsThatAreLeftOpenAreToldWithWhereTheyCameFrom() throws IOException {
        assertThat(remarks(program("server", "leak", "")))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.id()).isEqualTo("leak");
                    assertThat(remark.place()).isEqualTo("leak.c:8");
                    assertThat(remark.text())
                            .isEqualTo(
                                    "5 descriptors, which socket() at leak.c:8 gave, were still open when the program ended:"
                                            + " 3, 4, 5, 6, 7.");
                    assertThat(remark.lesson()).contains("close()");
                    assertThat(remark.event()).isPositive();
                    assertThat(remark.related())
                            .singleElement()
                            .satisfies(end -> {
                                assertThat(end.text()).isEqualTo("the program ended with 0");
                                assertThat(end.event()).isGreaterThan(remark.event());
                            });
                });
    }

    @Test
    void whoTriesAgainIsToldOfTheLastTime() throws IOException {
        Remark once = remarks(program("server", "leak", "")).getFirst();
        assertThat(remarks(program("server", "leak", ""), program("server", "leak", "")))
                .singleElement()
                .satisfies(again -> {
                    assertThat(again.text()).isEqualTo(once.text());
                    assertThat(again.event()).isGreaterThan(once.related().getLast().event());
                });
    }

    @Test
    void aServerThatClosesItsListenerAndNoConnectionIsToldSo() throws IOException {
        assertThat(
                        remarks(
                                program("server", "leak_loop", "2"),
                                program("client", "echo_client", SERVER + " 5252 hello"),
                                program("client", "echo_client", SERVER + " 5252 hello")))
                .filteredOn(remark -> remark.id().equals("leak"))
                .extracting(Remark::text)
                .containsExactly(
                        "2 descriptors, which accept() at leak_loop.c:18 gave, were still open when the program ended: 4, 5.");
    }

    @Test
    void aFailureThatNobodyLookedAtIsKnownByWhatFollowsIt() throws IOException {
        assertThat(remarks(program("client", "unchecked", SERVER)))
                .filteredOn(remark -> remark.id().equals("unchecked"))
                .extracting(Remark::text)
                .containsExactly(
                        "connect() at unchecked.c:13 failed with ECONNREFUSED, and the program went on as if it were"
                                + " connected: recv() at unchecked.c:15 failed with ENOTCONN.");
        assertThat(remarks(program("client", "minus_one", "")))
                .extracting(Remark::text)
                .containsExactly(
                        "socket() at minus_one.c:9 failed with EPROTONOSUPPORT, and the program went on with -1 as its"
                                + " descriptor: listen() at minus_one.c:11 failed with EBADF.",
                        "socket() at minus_one.c:9 failed with EPROTONOSUPPORT, and the program went on with -1 as its"
                                + " descriptor: read() at minus_one.c:12 failed with EBADF.");
    }

    @Test
    void whatFollowsAFailureLeadsBackToIt() throws IOException {
        assertThat(remarks(program("client", "unchecked", SERVER)))
                .filteredOn(remark -> remark.id().equals("unchecked"))
                .flatExtracting(Remark::related)
                .extracting(Remark.Related::place, Remark.Related::text)
                .containsExactly(tuple("unchecked.c:13", "connect() failed with ECONNREFUSED"));
    }

    @Test
    void whatAProgramIsEndedForHasItsLessonAndTheFailureBeforeIt() throws IOException {
        assertThat(remarks(program("server", "fd_set_none", "")))
                .extracting(Remark::id)
                .containsExactly("fd-set-range", "unchecked");
        assertThat(remarks(program("server", "division", "")))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.id()).isEqualTo("division-by-zero");
                    assertThat(remark.text()).isEqualTo("division.c:6:23: division by zero.");
                    assertThat(remark.lesson()).startsWith("Look at the divisor");
                });
    }

    @Test
    void sigpipeIsToldWithTheCallThatBroughtIt() throws IOException {
        assertThat(both("broken_pipe"))
                .extracting(Remark::text)
                .containsExactly(
                        "send() at broken_pipe.c:26 failed with EPIPE, because the other end had gone, and SIGPIPE ended"
                                + " the program.");
    }

    @Test
    void theEndOfTheStreamThatIsReadOverAndOverIsToldAsThat() throws IOException {
        assertThat(both("end_of_stream"))
                .filteredOn(remark -> remark.id().equals("circles"))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.text())
                            .matches(
                                    "recv\\(\\) at end_of_stream\\.c:28 has given 0 [0-9,]+ times one after the other\\.");
                    assertThat(remark.lesson()).startsWith("0 from recv()");
                });
    }

    @Test
    void aDeadlockNamesBothEndsWithTheirLines() throws IOException {
        assertThat(both("both_wait"))
                .filteredOn(remark -> remark.id().equals("deadlock"))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.text())
                            .isEqualTo(
                                    "Both ends wait for the other to send: client in recv() at both_wait.c:24, server in"
                                            + " recv() at both_wait.c:24.");
                    assertThat(remark.host()).isEqualTo("server");
                    assertThat(remark.related())
                            .singleElement()
                            .satisfies(other -> {
                                assertThat(other.host()).isEqualTo("client");
                                assertThat(other.place()).isEqualTo("both_wait.c:24");
                                assertThat(other.event()).isPositive().isNotEqualTo(remark.event());
                            });
                });
    }

    @Test
    void whoeverTakesOneRecvForAMessageIsToldWithTheLine() throws IOException {
        assertThat(both("one_recv"))
                .singleElement()
                .satisfies(remark -> {
                    assertThat(remark.id()).isEqualTo("partial-transfer");
                    assertThat(remark.place()).isEqualTo("one_recv.c:41");
                    assertThat(remark.text())
                            .isEqualTo(
                                    "With recv() at one_recv.c:41 moving a single octet each second time, as TCP may, the"
                                            + " program of client prints \"answer: I\" instead of \"answer: I am here...\".");
                });
    }

    @Test
    void whoeverTakesAnInterruptionForAFailureIsToldWithTheLine() throws IOException {
        assertThat(remarks(program("client", "gives_up", "")))
                .filteredOn(remark -> remark.id().equals("interrupted-call"))
                .extracting(Remark::place)
                .containsExactly("gives_up.c:36");
    }

    /** Textbook programs that are right: nothing is said of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo_server:7777 1|echo_client:10.0.0.2 7777 hello",
                "fork_server:7777 1|echo_client:10.0.0.2 7777 hello",
                "thread_server:7777 1|echo_client:10.0.0.2 7777 hello",
                "http_server:80 1|http_client:10.0.0.2 80 /",
                "sigchld_server:80 1|echo_client:10.0.0.2 80 hello",
            })
    void nothingIsSaidOfProgramsThatAreRight(String scenario) throws IOException {
        String[] programs = scenario.split("\\|", -1);
        String[] server = programs[0].split(":", -1);
        String[] client = programs[1].split(":", -1);
        assertThat(
                        remarks(
                                program("server", server[0], server[1]),
                                program("client", client[0], client[1])))
                .isEmpty();
    }

    static Stream<Lab> labs() {
        return LabCatalogue.ofClassPath(RemarksTest.class.getClassLoader()).all().stream()
                .map(Lab::withAnswers)
                .filter(lab -> lab.solutions().stream().anyMatch(path -> isInC(lab, path)));
    }

    private static boolean isInC(Lab lab, String path) {
        return script(lab, path).contains("exec ");
    }

    private static String script(Lab lab, String path) {
        return lab.file(path, 1).orElseThrow();
    }

    /** Nor of the labs' own solutions: who copies them learns nothing wrong. */
    @ParameterizedTest
    @MethodSource("labs")
    void nothingIsSaidOfTheSolutionsOfTheLabs(Lab lab) {
        for (String path : lab.solutions()) {
            if (!isInC(lab, path)) continue;
            LabRun run = LabRun.start(lab, 1);
            ScriptRunner.run(run, Source.of(path, script(lab, path)));
            ProgramRunner.finish(run);
            assertThat(ProgramRunner.remarks(run)).as(path).isEmpty();
        }
    }
}
