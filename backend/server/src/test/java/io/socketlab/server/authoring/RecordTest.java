package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.catalogue.Skeleton;
import io.socketlab.lab.expr.Parameters;
import io.socketlab.server.Browser;
import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A lab is solved on a bench, and the run becomes a solution and checks. */
@ServerTest
class RecordTest {

    private static final long SEED = 3;

    @LocalServerPort private int port;

    /** What the template's solution does, in the words of a console. */
    private static List<String> lines(Author ada) {
        LabFolder folder = LabFolder.ofTexts(Skeleton.files(ada.lab()));
        Parameters parameters =
                LabCatalogue.read(folder.named(ada.lab()), Set.of()).parameters(SEED);
        return folder.text("solution/plain.pkt")
                .orElseThrow()
                .lines()
                .filter(line -> line.contains(": "))
                .map(line -> parameters.fill(line).replaceFirst(" = .*", ""))
                .map(line -> line.startsWith("//") ? "" : line)
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private String solved(Author ada) {
        HttpResponse<String> tried =
                ada.visitor()
                        .post(
                                ada.page() + "/try",
                                ada.page() + "/verify",
                                Map.of("seed", "" + SEED));
        String run = Visitor.location(tried);
        try (Browser browser = Browser.open(port, run, ada.visitor().cookie(), 0)) {
            List<String> lines = lines(ada);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(browser.input("i" + i, lines.get(i)).path("type").asString())
                        .as(lines.get(i))
                        .isEqualTo("ack");
                browser.input("r" + i, "run");
            }
        }
        return run.replace("/runs/", "");
    }

    @Test
    void aRunOnABenchBecomesASolutionAndChecksThatAreProven() {
        Author ada = Author.begin(port);
        String run = solved(ada);
        String proposed = ada.see("/record?run=" + run);
        assertThat(proposed)
                .contains("bind(3, *:{{port}}) = 0", "The calls come in this order", "quiet()");
        ada.visitor()
                .post(
                        ada.page() + "/record",
                        ada.page() + "/record",
                        Map.of("run", run, "check", "no-reset"));
        assertThat(ada.text("lab.yaml")).contains("id: no-reset", "scoring: {total: 4");
        assertThat(ada.text("statement.en.md")).contains("- [task](no-reset) Nobody resets");
        assertThat(ada.text("solution/recorded.pkt")).contains("Recorded from a run with seed 3");
        assertThat(ada.see("")).contains("None: the lab can be read");
        assertThat(ada.verify()).contains("Proven.");
    }

    @Test
    void theSolutionsThatThereAreProposeToo() {
        Author ada = Author.begin(port);
        assertThat(ada.see("/record")).contains("The calls come in this order", "in lab.yaml");
        Visitor bob = Visitor.member(port, "Ada");
        assertThat(bob.get(ada.page() + "/record").statusCode()).isEqualTo(404);
    }

    @Test
    void whatCannotBeRunIsSaid() {
        Author ada = Author.begin(port);
        ada.replace("lab.yaml", "stack:", "stak:");
        assertThat(ada.see("/record")).contains("The draft has mistakes");
    }
}
