package io.socketlab.lab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with which a lab is made. */
class AuthoringTest {

    @TempDir private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        out.reset();
        err.reset();
        return new Cli().run(args, new PrintStream(out, true), new PrintStream(err, true));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String lab() {
        String lab = folder.resolve("my-lab").toString();
        assertThat(run("new", lab)).isZero();
        return lab;
    }

    @Test
    void aNewLabIsProvenAtOnce() {
        String lab = lab();
        assertThat(out()).contains("lab.yaml").contains("mutants");
        assertThat(run("verify", lab, "--seeds", "4")).as(out()).isZero();
        assertThat(out())
                .contains("PROVEN my-lab")
                .containsPattern("[0-9]+ ms to grade one")
                .containsPattern("[0-9]+ runs a second");
    }

    @Test
    void aNewLabTakesNoOthersPlaceAndHasAnIdForAName() {
        String lab = lab();
        assertThat(run("new", lab)).isEqualTo(Cli.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("is there already");
        assertThat(run("new", folder.resolve("My_Lab").toString())).isEqualTo(Cli.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("expected an id");
    }

    @Test
    void aWrongAnswerIsLaidBesideTheNearestSolution() {
        String lab = lab();
        assertThat(run("diff", lab, lab + "/mutants/nobody_reads.pkt")).isEqualTo(1);
        assertThat(out())
                .startsWith("--- solution/plain.pkt")
                .contains("at server:")
                .containsPattern("(?m)^-.*server calls recv\\(4")
                .containsPattern("(?m)^\\+ +nothing more");
    }

    @Test
    void twoScriptsThatDoTheSameDoNotDiffer() {
        String lab = lab();
        String plain = lab + "/solution/plain.pkt";
        assertThat(run("diff", lab, plain, plain, "--seed", "3")).isZero();
        assertThat(out()).contains("nothing that matters differs");
        assertThat(run("diff", lab, plain, "--seed", "65")).isEqualTo(Cli.USAGE);
    }

    @Test
    void allThatIsProposedIsProven() throws IOException {
        Path lab = Path.of(lab());
        assertThat(run("record", lab.toString())).isZero();
        String proposed = out();
        Path file = lab.resolve("lab.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("checks:\n", "checks:\n" + proposed)
                        .replace(
                                "fails: [delivered]",
                                "fails: [delivered, calls, no-reset, read-by-server]")
                        .replace("total: 3", "total: 9"));
        Path statement = lab.resolve("statement.en.md");
        Files.writeString(
                statement,
                Files.readString(statement)
                        + "3. [task](calls,states-client-1,states-server-2,no-reset,accept-queue,"
                        + "read-by-server) All of it.\n");
        assertThat(run("verify", lab.toString(), "--seeds", "4")).as(out()).isZero();
    }

    @Test
    void oneSeedIsNotEnoughToProposeFrom() {
        String lab = lab();
        assertThat(run("record", lab, "--seeds", "1")).isEqualTo(Cli.USAGE);
        assertThat(run("record", lab, "--script", "nothing")).isEqualTo(Cli.USAGE);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("there is no script nothing");
    }
}
