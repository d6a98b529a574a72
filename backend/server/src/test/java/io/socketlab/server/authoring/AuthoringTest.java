package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import io.socketlab.server.Visitor;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.util.HtmlUtils;

/** Writing a lab in the pages, with forms alone. */
@ServerTest
class AuthoringTest {

    @LocalServerPort private int port;

    @Test
    void guestsAreToldToSignUp() {
        HttpResponse<String> refused = Visitor.guest(port).get("/author");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("sign up first", "/sign-up?next=/author");
    }

    @Test
    void whatIsAnothersIsNotThere() {
        Author ada = Author.begin(port);
        Author bob = Author.begin(port);
        for (String path : new String[] {"", "/verify", "/revisions", "/zip", "/diff?from=0"}) {
            assertThat(bob.visitor().get(ada.page() + path).statusCode()).as(path).isEqualTo(404);
        }
        for (String path : new String[] {"/files", "/files/new", "/files/delete", "/delete"}) {
            var fields = Map.of("path", "lab.yaml", "version", "1", "text", "");
            HttpResponse<String> answer = bob.visitor().post(ada.page() + path, "/author", fields);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        for (String path : new String[] {"/try", "/verify", "/publish"}) {
            HttpResponse<String> answer =
                    bob.visitor().post(ada.page() + path, "/author", Map.of());
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
        }
        assertThat(ada.text("lab.yaml")).contains("id: " + ada.lab());
    }

    @Test
    void aMistakeIsToldWithItsPlaceAndTheNearestSpelling() {
        Author ada = Author.begin(port);
        assertThat(ada.see("")).contains("None: the lab can be read");
        ada.replace("lab.yaml", "stack:", "stak:");
        assertThat(ada.see("")).contains("lab.yaml:", "did you mean 'stack'?");
        ada.replace("lab.yaml", "stak:", "stack:");
        ada.replace("starter/start.pkt", "socket(", "sockt(");
        assertThat(ada.see("")).contains("starter/start.pkt:", "socket");
    }

    @Test
    void theStatementIsShownAsStudentsSeeItEvenIfTheLabCannotBeRead() {
        Author ada = Author.begin(port);
        ada.save("statement.en.md", ada.version("statement.en.md"), "Listen at {{port}}, **now**.");
        assertThat(ada.see("?file=statement.en.md")).containsPattern("Listen at \\d+, <strong>now");
        ada.replace("lab.yaml", "stack:", "stak:");
        assertThat(ada.see("?file=statement.en.md")).contains("Listen at {{port}}, <strong>now");
    }

    @Test
    void aStaleSaveIsRefusedWithWhatChangedAndNothingIsLost() {
        Author ada = Author.begin(port);
        String version = ada.version("lab.yaml");
        String before = ada.text("lab.yaml");
        ada.save("lab.yaml", version, before.replace("minutes:", "# theirs\nminutes:"));
        HttpResponse<String> refused =
                ada.save("lab.yaml", version, before.replace("minutes:", "# mine\nminutes:"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(HtmlUtils.htmlUnescape(refused.body()))
                .contains("has changed since you opened it", "# theirs", "# mine")
                .contains("Save mine over it");
        assertThat(ada.text("lab.yaml")).contains("# theirs").doesNotContain("# mine");
        // of another file nothing has changed
        assertThat(ada.save("statement.en.md", ada.version("statement.en.md"), "x").statusCode())
                .isEqualTo(302);
    }

    @Test
    void filesAreAddedAndDeletedAndTheirNamesChecked() {
        Author ada = Author.begin(port);
        var path = Map.of("path", "mutants/other.pkt");
        ada.visitor().post(ada.page() + "/files/new", ada.page(), path);
        assertThat(ada.see("")).contains("mutants/other.pkt");
        ada.visitor()
                .post(
                        ada.page() + "/files/delete",
                        ada.page(),
                        Map.of(
                                "path",
                                "mutants/other.pkt",
                                "version",
                                ada.version("mutants/other.pkt")));
        assertThat(ada.see("")).doesNotContain("mutants/other.pkt");
        HttpResponse<String> added =
                ada.visitor()
                        .post(
                                ada.page() + "/files/new",
                                ada.page(),
                                Map.of("path", "../../etc/passwd"));
        assertThat(ada.visitor().get(Visitor.location(added)).body())
                .contains("cannot be a file of a lab");
    }

    @Test
    void aDraftIsTriedOnABenchThatNobodyElseSees() {
        Author ada = Author.begin(port);
        HttpResponse<String> tried =
                ada.visitor()
                        .post(ada.page() + "/try", ada.page() + "/verify", Map.of("seed", "3"));
        String run = Visitor.location(tried);
        String bench = ada.visitor().get(run).body();
        assertThat(bench).contains("\"id\":\"draft:").contains("bench-statement");
        String trial = bench.replaceAll("(?s).*\"id\":\"(draft:[0-9a-f]+)\".*", "$1");
        assertThat(Visitor.location(ada.visitor().get("/labs/" + trial)))
                .isEqualTo("/author/trials/" + trial);
        assertThat(Visitor.location(ada.visitor().get("/author/trials/" + trial)))
                .isEqualTo(ada.page());
        // it stands with its draft, and not among the runs of labs that there are
        assertThat(ada.see("/verify")).contains("Tried before", run);
        assertThat(ada.visitor().get("/runs").body()).doesNotContain(run);
        Visitor bob = Visitor.member(port, "Ada");
        assertThat(bob.get(run).statusCode()).isEqualTo(404);
        assertThat(bob.get("/author/trials/" + trial).statusCode()).isEqualTo(404);
        assertThat(bob.post("/labs/" + trial + "/runs", "/account", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void onlyWhatIsProvenIsPublished() {
        Author ada = Author.begin(port);
        assertThat(ada.press("/publish")).contains("It has not been verified as it is now");
        ada.replace(
                "mutants/nobody_reads.pkt", "//", "server: socket(AF_INET, SOCK_DGRAM, 0) = 7\n//");
        assertThat(ada.verify()).contains("Not proven", "mutants/nobody_reads.pkt:1");
        assertThat(ada.press("/publish")).contains("It is not proven", "First: ");
    }

    @Test
    void aRevisionNeverChangesAndAttemptsStayOnTheirs() {
        Author ada = Author.begin(port);
        assertThat(ada.verify()).contains("Proven.");
        assertThat(ada.press("/publish")).contains("is published, at", "/labs/" + ada.lab());
        assertThat(ada.press("/publish")).contains("Nothing has changed since revision 1");
        assertThat(ada.visitor().get("/").body()).contains("/labs/" + ada.lab());

        Visitor student = Visitor.guest(port);
        String run = student.openBench(ada.lab());
        ada.replace("lab.yaml", "minutes: ", "minutes: 1");
        ada.verify();
        ada.press("/publish");
        assertThat(ada.text("lab.yaml")).contains("revision: 2");
        assertThat(ada.see("/diff?from=1&to=2")).contains("lab.yaml", "revision: 1");
        assertThat(student.get(run).body()).contains("\"revision\":1");
        assertThat(student.get("/api/v1/labs/" + ada.lab() + "/revisions").body())
                .contains("{\"revision\":2,\"current\":true},{\"revision\":1,\"current\":false}");

        // the id is taken for good
        Author bob = Author.begin(Visitor.member(port, "Ada"), ada.lab());
        bob.verify();
        assertThat(bob.press("/publish")).contains("There is a lab " + ada.lab() + " already");
        ada.visitor().post(ada.page() + "/delete", "/author", Map.of());
        assertThat(student.get(run).statusCode()).isEqualTo(200);
    }

    @Test
    void aZipBringsTheSameFilesBack() {
        Author ada = Author.begin(port);
        byte[] zip = LabZip.write(ada.lab(), LabFolder.ofTexts(Map.of("lab.yaml", "id: zipped")));
        String brought =
                Visitor.location(ada.visitor().upload("/author/import", "/author", "zip", zip));
        assertThat(ada.visitor().get(brought).body()).contains("id: zipped");
        HttpResponse<String> refused =
                ada.visitor().upload("/author/import", "/author", "zip", new byte[40]);
        assertThat(ada.visitor().get(Visitor.location(refused)).body())
                .contains("This is not a zip.");
    }

    @Test
    void aCopyOfALabOfTheCatalogueIsProvenAtOnce() {
        Visitor ada = Visitor.member(port, "Ada");
        String id = Author.newId();
        String page =
                Visitor.location(
                        ada.post("/author", "/author", Map.of("id", id, "from", "u1-datagrams")));
        assertThat(ada.get(page).body()).contains("id: " + id, "None: the lab can be read");
    }
}
