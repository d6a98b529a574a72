package io.socketlab.lab.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.check.Checker;
import io.socketlab.lab.check.Condition;
import io.socketlab.lab.check.TraceIndex;
import io.socketlab.lab.check.Verdict;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in a lab: from its zone data to what a script writes. */
class NamesTest {

    private static final String HOSTS = "hosts: {client: {}, server: {}}";

    private static final String WITH_NAMES =
            "hosts: {client: {nameservers: [server], search: [example.com]},"
                    + " server: {zones: {example.com: \"www 60 CNAME web\\nweb A server\"}}}";

    private static final String EXCHANGE =
            """
            server: socket(AF_INET, SOCK_STREAM, 0) = 3
            server: bind(3, *:80) = 0
            server: listen(3, 5) = 0
            client: getaddrinfo("www.example.com", "http", {ai_socktype=SOCK_STREAM}, [10.0.0.2:80]) = 0
            client: socket(AF_INET, SOCK_STREAM, 0) = 3
            client: connect(3, www.example.com:80) = 0
            client: getaddrinfo("www", NULL) = 0
            client: getaddrinfo("nobody.example.com", NULL) = EAI_NONAME
            client: gethostbyname("web") = 0
            client: getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
            client: close(3) = 0
            """;

    private static Lab lab(String hosts) {
        return TwoHosts.labWith(HOSTS, hosts);
    }

    private static ScriptResult script(LabRun run, String text) {
        return ScriptRunner.run(run, Source.of("names.pkt", text));
    }

    @Test
    void aScriptFollowsANameToItsConnection() {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        assertThat(script(run, EXCHANGE).differences()).isEmpty();
        LabRun replayed = LabRun.replay(lab(WITH_NAMES), 7, run.inputs());
        assertThat(replayed.traceHash()).isEqualTo(run.traceHash());
    }

    @Test
    void aCheckCanNameTheFunctions() throws SyntaxException {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        script(run, EXCHANGE);
        var checker = new Checker(new TraceIndex(run.events()), run.parameters());
        var found = "exists(client: getaddrinfo(...) = -2)";
        var failed = "exists(client: getaddrinfo(...) = -3)";
        assertThat(checker.check(new Assertion.Final(Condition.parse(found))).verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(checker.check(new Assertion.Final(Condition.parse(failed))).verdict())
                .isEqualTo(Verdict.FAIL);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "client: getaddrinfo(\"www.example.com\", \"http\", ...) = 0 | PASS",
                "client: getaddrinfo(\"www.example.com\", ...) | PASS",
                "client: getaddrinfo(\"www.example.com\", \"https\", ...) = 0 | FAIL",
                "client: getaddrinfo(\"www\", NULL) = 0 | PASS",
                "client: getaddrinfo(\"nobody.example.com\", NULL) = -2 | PASS",
                "client: getaddrinfo(\"nobody.example.org\", NULL) = -2 | FAIL",
                "client: open(\"/etc/hosts\", ...) = * | PASS",
            })
    void aCheckCanNameWhatTheyLookFor(String pattern, Verdict verdict) throws SyntaxException {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        script(run, EXCHANGE);
        var checker = new Checker(new TraceIndex(run.events()), run.parameters());
        Condition exists = Condition.parse("exists(" + pattern + ")");
        assertThat(checker.check(new Assertion.Final(exists)).verdict()).isEqualTo(verdict);
    }

    @Test
    void otherAddressesThanExpectedAreADifference() {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        ScriptResult result =
                script(run, "client: getaddrinfo(\"web\", \"80\", NULL, [10.0.0.3:80]) = 0\n");
        assertThat(result.differences())
                .extracting(ScriptResult.Difference::actual)
                .containsExactly("[10.0.0.2:80]");
    }

    @Test
    void theTaskSaysWhatItWaitsForInTheFunction() {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        assertThat(run.input("client: getaddrinfo(\"www\", \"80\")").text().orElseThrow())
                .startsWith("getaddrinfo(\"www\", \"80\", NULL, ...): poll([{fd=3, events=POLLIN");
        assertThat(run.tasks())
                .filteredOn(t -> t.host().equals("client"))
                .allSatisfy(t -> assertThat(t.call()).isPresent());
        run.input("run");
        assertThat(run.input("client: socket(AF_INET, SOCK_STREAM, 0)").text())
                .contains("socket(AF_INET, SOCK_STREAM, 0) = 3");
    }

    @Test
    void aNameThatNobodyHasLookedForIsUnknown() {
        LabRun run = LabRun.start(lab(WITH_NAMES), 7);
        run.input("client: socket(AF_INET, SOCK_STREAM, 0)");
        assertThatThrownBy(() -> run.input("client: connect(3, www.example.com:80)"))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("expected one of the hosts client, server")
                .hasMessageContaining("found 'www.example.com'");
    }

    @Test
    void mistakesInTheTopologyAreToldWithTheirPlace() {
        assertThatThrownBy(() -> lab("hosts: {client: {nameservers: [dsn]}, server: {}}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected a host or an address, not 'dsn'");
        assertThatThrownBy(() ->
                        lab(
                                "hosts: {client: {}, server: {zones: {example.com: \"www"
                                        + " A 10.0.0.300\"}}}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining(
                        "line 1 of the zone: expected an address or a host, not '10.0.0.300'");
        assertThatThrownBy(() -> lab("hosts: {client: {search: [\"-x\"]}, server: {}}"))
                .isInstanceOf(LabException.class)
                .hasMessageContaining("expected a domain such as example.com, not '-x'");
    }
}
