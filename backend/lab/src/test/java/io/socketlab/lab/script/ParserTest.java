package io.socketlab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.QuietStep;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParserTest {

    @Test
    void readsWhoTheCallAndWhatIsExpectedOfIt() {
        CallStep step =
                (CallStep)
                        Parser.line(
                                text(
                                        "+50ms client.2: recv(4, ..., 100, MSG_PEEK|0x40) = -1 EAGAIN (try again)"));

        assertThat(step.time()).contains(new Timing.After(new Position(1, 1), 50_000_000));
        assertThat(step.who()).contains(new Who(new Position(1, 7), "client", 2));
        assertThat(step.call()).hasToString("recv(4, ..., 100, MSG_PEEK|0x40)");
        Expected expected = step.expected().orElseThrow();
        assertThat(expected.errno()).contains(Errno.EAGAIN);
        assertThat(expected.note()).contains("try again");
        assertThat(expected).hasToString("-1 EAGAIN");
    }

    @Test
    void readsAScriptOfSeveralLinesWithComments() {
        List<Step> steps =
                Parser.lab(
                        text(
                                """
                                // the server first
                                server: socket(AF_INET, /* TCP */ SOCK_STREAM, 0) = 3

                                server: bind(3,
                                             *:8080)
                                        = 0
                                quiet()
                                0.5 client: connect(3, server:8080)
                                """));

        assertThat(steps).hasSize(4);
        assertThat(steps.get(1).position()).isEqualTo(new Position(4, 1));
        assertThat(((CallStep) steps.get(1)).expected()).isPresent();
        assertThat(steps.get(2)).isInstanceOf(QuietStep.class);
        assertThat(steps.get(3).time()).contains(new Timing.At(new Position(8, 1), 500_000_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socket(AF_INET, SOCK_STREAM|SOCK_NONBLOCK, 0)",
                "bind(3, *:8080)",
                "connect(3, 10.0.0.2:8080)",
                "connect(3, web-1:8080)",
                "bind(3, {sa_family=AF_INET, sin_port=htons(8080), sin_addr=inet_addr(\"10.0.0.2\")}, 16)",
                "send(4, \"a\\\"b\\\\c\\n\\t\\r\\x00\\xff\", 10, 0)",
                "setsockopt(3, SOL_SOCKET, SO_LINGER, {onoff=1, linger=0}, 8)",
                "getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4])",
                "poll([{fd=4, events=POLLIN|POLLOUT, revents=0}, {fd=5, events=POLLIN}], 2, -1)",
                "sleep(1.5)",
                "sleep(50ms)",
                "accept(-1)",
                "close(0x3)",
                "poll([], 0)",
            })
    void writesACallAgainAsItReadsIt(String call) {
        CallStep once = (CallStep) Parser.line(text("client: " + call));
        assertThat(once.call()).hasToString(call);
        assertThat(Parser.line(text("client: " + once.call()))).isEqualTo(once);
    }

    @Test
    void readsStringsAsOctets() {
        CallStep step = (CallStep) Parser.line(text("write(3, \"\\x41\\102é\")"));
        assertThat(((Argument.Text) step.call().arguments().get(1)).bytes())
                .containsExactly('A', 'B', 0xC3, 0xA9);
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            nullValues = "-",
            value = {
                "client listen(3, 5)              => t:1:8: expected '(' after a call or ':' after a host, found 'listen'",
                "client:                          => t:1:8: expected the name of a call, found the end of the line",
                "client: listen                   => t:1:15: expected '(' after listen, found the end of the line",
                "client: listen(3, 5              => t:1:20: expected ',' or ')', found the end of the line",
                "client: listen(3 5)              => t:1:18: expected ',' or ')', found '5'",
                "client: listen(3,)               => t:1:18: expected an argument, found ')'",
                "client.0: close(3)               => t:1:7: expected the number of a task, from 1",
                "close(3) = -1 EAGIAN             => t:1:15: expected an errno such as EAGAIN, found 'EAGIAN'; did you mean 'EAGAIN'?",
                "close(3) = -1 EAGAIN (not closed => t:1:23: expected ')' on this line",
                "close(3) = 0 0                   => t:1:14: expected the end of the line, found '0'",
                "close(3) =                       => t:1:11: expected an argument, found the end of the line",
                "close(3) close(4)                => t:1:10: expected the end of the line, found 'close'",
                "send(3, \"hello)                 => t:1:9: expected \" at the end of a text, on the same line",
                "send(3, \"a\\q\")                => t:1:11: expected one of \\n \\t \\r \\\" \\\\ \\x41 \\101 after the backslash",
                "send(3, \"\\x\")                 => t:1:10: expected an octet, from \\x00 to \\xff",
                "send(3, \"\\400\")               => t:1:10: expected an octet, from \\x00 to \\xff",
                "connect(3, server)               => -",
                "connect(3, 10.0.0.300:80)        => t:1:12: expected an address of four numbers from 0 to 255, found '10.0.0.300'",
                "connect(3, 10.0.0.1)             => t:1:20: expected ':' and a port after the address, found ')'",
                "connect(3, server:http)          => t:1:19: expected a port, found 'http'",
                "connect(3, server:65536)         => t:1:19: expected a port up to 65535, found '65536'",
                "listen(3, 12ab)                  => t:1:11: expected a number, found '12ab'",
                "listen(3, 99999999999999999999)  => t:1:11: expected a number of at most 63 bits, found '99999999999999999999'",
                "listen(3, - x)                   => t:1:13: expected a number after '-', found 'x'",
                "socket(A|, B)                    => t:1:10: expected a constant after '|', found ','",
                "setsockopt(3, {1=2})             => t:1:16: expected the name of a field before '=', found '1'",
                "+ client: close(3)               => t:1:3: expected a time such as +50ms or 0.5, found 'client'",
                "+5parsecs close(3)               => t:1:2: expected a number, found '5parsecs'",
                "+0.0000000001 close(3)           => t:1:2: expected a time of whole nanoseconds, at most 292 years, found '0.0000000001'",
                "+1~+2 close(3)                   => t:1:1: expected one time, such as +50ms or 0.5",
                "+1...2 close(3)                  => t:1:1: expected one time, such as +50ms or 0.5",
                "* close(3)                       => t:1:1: expected one time, such as +50ms or 0.5",
                "+0 < S 0:0(0) win 100            => t:1:4: expected a call; packets, options, commands and code blocks are for packetdrill scripts",
                "--mss=1000                       => t:1:1: expected a call; packets, options, commands and code blocks are for packetdrill scripts",
                "`ls`                             => t:1:1: expected a call; packets, options, commands and code blocks are for packetdrill scripts",
                "42                               => t:1:3: expected a call such as client: listen(3, 5), found the end of the line",
                "= 3                              => t:1:1: expected a call such as client: listen(3, 5), found '='",
                "close(3) § 4                     => t:1:10: expected a call, an argument or a sign, found '§'",
                "/* close(3)                      => t:1:1: expected */ at the end of a comment",
                "client: quiet()                  => t:1:1: expected no host: quiet() is about the whole network",
                "quiet(3)                         => t:1:7: expected quiet() without arguments",
            })
    void saysWhereAndWhatItExpected(String script, String message) {
        if (message == null) {
            assertThat(Parser.lab(text(script))).hasSize(1);
        } else {
            assertThatThrownBy(() -> Parser.lab(text(script)))
                    .isInstanceOf(ScriptException.class)
                    .hasMessage(message);
        }
    }

    @Test
    void countsLinesAndColumns() {
        assertThatThrownBy(
                        () -> Parser.lab(text("close(3)\n\n  close(4) =\n  close(5)\n\tclose[6]")))
                .isInstanceOfSatisfying(
                        ScriptException.class,
                        e -> {
                            assertThat(e.file()).isEqualTo("t");
                            assertThat(e.line()).isEqualTo(3);
                            assertThat(e.column()).isEqualTo(13);
                            assertThat(e.problem())
                                    .isEqualTo("expected an argument, found the end of the line");
                        });
    }

    @Test
    void refusesBracketsWithoutEnd() {
        assertThatThrownBy(() -> Parser.lab(text("poll(" + "[".repeat(100_000))))
                .isInstanceOf(ScriptException.class)
                .hasMessageContaining("expected at most 50 brackets in brackets");
    }

    @Test
    void aConsoleLineIsOneCall() {
        assertThatThrownBy(() -> Parser.line(text("close(3)\nclose(4)")))
                .hasMessage("t:2:1: expected one call only, found 'close'");
        assertThatThrownBy(() -> Parser.line(text("quiet()")))
                .hasMessageContaining("here it is: run");
    }

    @Test
    void keepsThePlacesOfATextWithParametersFilledIn() {
        Source source =
                text("bind(3, *:{{port}})\nlisten(3, {{backlog}}) x")
                        .with(name -> name.equals("{{port}}") ? "20000" : "5");

        assertThat(source.text()).isEqualTo("bind(3, *:20000)\nlisten(3, 5) x");
        assertThatThrownBy(() -> Parser.lab(source))
                .hasMessage("t:2:24: expected the end of the line, found 'x'");
    }

    @Test
    void saysWhereAParameterIsUnknown() {
        assertThatThrownBy(() ->
                        text("\nbind(3, *:{{prot}})")
                                .with(name -> {
                                    throw new IllegalArgumentException("unknown parameter " + name);
                                }))
                .hasMessage("t:2:11: unknown parameter {{prot}}");
    }

    private static Source text(String text) {
        return Source.of("t", text);
    }
}
