package io.socketlab.lab.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.diff.Divergence.Line;
import io.socketlab.lab.diff.SideBySide.Likeness;
import io.socketlab.lab.diff.SideBySide.Row;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.run.LabRun;
import io.socketlab.lab.run.ScriptRunner;
import io.socketlab.lab.script.Source;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private static final Lab LAB =
            LabCatalogue.ofClassPath(SideBySideTest.class.getClassLoader())
                    .find("c1-handshake")
                    .orElseThrow();

    private static List<TraceEvent> run(String... lines) {
        LabRun run = LabRun.start(LAB, 1);
        for (String line : lines) run.input(line);
        return run.events();
    }

    private static List<String> texts(
            List<Row> rows, Likeness likeness, Function<Row, Optional<Line>> side) {
        return rows.stream()
                .filter(row -> row.likeness() == likeness)
                .map(side)
                .flatMap(Optional::stream)
                .map(Line::text)
                .toList();
    }

    @Test
    void aRunBesideItselfIsTheSameInEveryRow() {
        List<TraceEvent> events = run("client: socket(AF_INET, SOCK_STREAM, 0)", "run");
        SideBySide both = SideBySide.of(events, events);
        assertThat(both.parting()).isEmpty();
        assertThat(both.rows()).isNotEmpty().allMatch(row -> row.likeness() == Likeness.SAME);
    }

    @Test
    void whatOnlyOneOfThemHasStandsAloneAndTheRestGoesOnBesideEachOther() {
        String socket = "server: socket(AF_INET, SOCK_STREAM, 0)";
        String bind = "server: bind(3, *:80)";
        String listen = "server: listen(3, 5)";
        List<TraceEvent> ours =
                run(socket, "server: setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1)", bind, listen);
        SideBySide both = SideBySide.of(ours, run(socket, bind, listen));
        assertThat(texts(both.rows(), Likeness.ALONE, Row::ours))
                .singleElement()
                .asString()
                .contains("SO_REUSEADDR");
        assertThat(texts(both.rows(), Likeness.ALONE, Row::reference)).isEmpty();
        assertThat(texts(both.rows(), Likeness.SAME, Row::ours))
                .anyMatch(text -> text.contains("listen(3, 5) = 0"));
        assertThat(both.parting()).hasValue(1);
        assertThat(both.rows().get(1).ours().orElseThrow().text()).contains("SO_REUSEADDR");
    }

    @Test
    void anotherArgumentIsADifferenceThoughTheResultIsTheSame() {
        SideBySide both =
                SideBySide.of(
                        run("client: socket(AF_INET, SOCK_DGRAM, 0)"),
                        run("client: socket(AF_INET, SOCK_STREAM, 0)"));
        Row first = both.rows().get(both.parting().orElseThrow());
        assertThat(first.likeness()).isEqualTo(Likeness.ALONE);
        assertThat(first.ours().orElseThrow().text()).contains("SOCK_DGRAM");
    }

    @Test
    void howManyEventsAreAskedForAtATimeIsNoDifferenceButHowLongToWaitIs() {
        String epoll = "server: epoll_create1(0)";
        List<TraceEvent> one = run(epoll, "server: epoll_wait(3, ..., 1, 0)");
        List<TraceEvent> eight = run(epoll, "server: epoll_wait(3, ..., 8, 0)");
        SideBySide both = SideBySide.of(one, eight);
        assertThat(both.parting()).isEmpty();
        assertThat(both.rows()).isNotEmpty().allMatch(row -> row.likeness() == Likeness.SAME);
        List<TraceEvent> waits = run(epoll, "server: epoll_wait(3, ..., 8, 5)");
        assertThat(SideBySide.of(eight, waits).parting()).isPresent();
    }

    @Test
    void whatTwoTasksDoInAnotherOrderHasMoved() {
        String client = "client: socket(AF_INET, SOCK_STREAM, 0)";
        String server = "server: socket(AF_INET, SOCK_STREAM, 0)";
        SideBySide both = SideBySide.of(run(client, server), run(server, client));
        assertThat(both.parting()).as("order between tasks does not matter").isEmpty();
        List<Row> moved = both.rows().stream().filter(r -> r.likeness() == Likeness.MOVED).toList();
        assertThat(moved).hasSize(2);
        int partner = moved.getFirst().partner();
        assertThat(moved.getLast().reference().or(() -> moved.getLast().ours()))
                .hasValueSatisfying(line -> assertThat(line.seq()).isEqualTo(partner));
    }

    @Test
    void everythingToldOfBothIsInItOnceInItsOrder() {
        List<TraceEvent> solution = script("solution");
        List<TraceEvent> wrong = script("mutants");
        List<Row> rows = SideBySide.of(wrong, solution).rows();
        assertThat(seqs(rows, Row::ours)).isSorted().doesNotHaveDuplicates();
        assertThat(seqs(rows, Row::reference)).isSorted().doesNotHaveDuplicates();
        assertThat(seqs(SideBySide.of(wrong, wrong).rows(), Row::ours))
                .isEqualTo(seqs(rows, Row::ours));
    }

    private static List<TraceEvent> script(String folder) {
        String path = LAB.files().list(folder).getFirst();
        LabRun run = LabRun.start(LAB, 1);
        ScriptRunner.run(run, Source.of(path, LAB.files().read(path).orElseThrow()));
        return run.events();
    }

    private static List<Integer> seqs(List<Row> rows, Function<Row, Optional<Line>> side) {
        return rows.stream().map(side).flatMap(Optional::stream).map(Line::seq).toList();
    }

    @Test
    void theLongestAscendingPartIsFound() {
        BitSet part = Ascent.longest(List.of(3, 1, 4, 5, 9, 2, 6, 7));
        assertThat(part.cardinality()).isEqualTo(5);
        assertThat(Ascent.longest(List.of()).isEmpty()).isTrue();
    }
}
