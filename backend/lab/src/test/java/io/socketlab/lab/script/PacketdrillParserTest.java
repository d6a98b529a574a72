package io.socketlab.lab.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.lab.script.Step.CodeStep;
import io.socketlab.lab.script.Step.CommandStep;
import io.socketlab.lab.script.Step.OptionStep;
import io.socketlab.lab.script.Step.PacketStep;
import io.socketlab.lab.script.WirePacket.Block;
import io.socketlab.lab.script.WirePacket.IcmpPacket;
import io.socketlab.lab.script.WirePacket.Ports;
import io.socketlab.lab.script.WirePacket.Quoted;
import io.socketlab.lab.script.WirePacket.Range;
import io.socketlab.lab.script.WirePacket.TcpOption;
import io.socketlab.lab.script.WirePacket.TcpPacket;
import io.socketlab.lab.script.WirePacket.UdpPacket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketdrillParserTest {

    @TestFactory
    List<DynamicTest> readsEveryScriptThatPassesOnLinux() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/resources/pkt"))) {
            return files.filter(p -> p.toString().endsWith(".pkt"))
                    .sorted()
                    .map(p ->
                            DynamicTest.dynamicTest(
                                    p.getFileName().toString(),
                                    () -> assertThat(Parser.packetdrill(file(p))).isNotEmpty()))
                    .toList();
        }
    }

    @Test
    void readsASegmentWithEverything() {
        TcpPacket packet =
                (TcpPacket)
                        packet(
                                "+0 > [ect0] 30001 > 8080 FP. 1:1001(1000) ack 7 win 257 urg 5 <mss 1460,nop,wscale 7,sackOK,TS val 1 ecr 2>");

        assertThat(packet.ip()).extracting(WirePacket.IpNote::name).containsExactly("ect0");
        assertThat(packet.ports()).contains(new Ports(30001, 8080));
        assertThat(packet.flags()).isEqualTo("FP.");
        assertThat(packet.range()).isEqualTo(new Range(new Position(1, 30), 1, 1001, 1000));
        assertThat(packet.ack()).isEqualTo(OptionalLong.of(7));
        assertThat(packet.window()).isEqualTo(OptionalInt.of(257));
        assertThat(packet.urgent()).isEqualTo(OptionalInt.of(5));
        assertThat(packet.options())
                .contains(
                        List.of(
                                new TcpOption.Mss(1460),
                                new TcpOption.NoOperation(),
                                new TcpOption.WindowScale(7),
                                new TcpOption.SackPermitted(),
                                new TcpOption.Timestamps(1, 2)));
    }

    @Test
    void readsOptionsOverSeveralLinesAndTheirWildcard() {
        assertThat(
                        ((TcpPacket) packet("+0 > . 1:1(0) ack 1 <nop,nop,\n sack 1:2 3:4\n 5:6>"))
                                .options()
                                .orElseThrow()
                                .get(2))
                .isEqualTo(
                        new TcpOption.Sack(
                                List.of(new Block(1, 2), new Block(3, 4), new Block(5, 6))));
        assertThat(((TcpPacket) packet("+0 > S 0:0(0) <...>")).options()).isEmpty();
        assertThat(((TcpPacket) packet("+0 > S 0:0(0)")).options()).contains(List.of());
        assertThat(((TcpPacket) packet("+0 > S 0:0(0) <FO 01ab,FO,FOEXP 9>")).options())
                .contains(
                        List.of(
                                new TcpOption.FastOpen("01ab", false),
                                new TcpOption.FastOpen("", false),
                                new TcpOption.FastOpen("9", true)));
    }

    @Test
    void readsDatagramsAndMessages() {
        assertThat(packet("+.1 < udp (300)"))
                .isEqualTo(new UdpPacket(new Position(1, 7), List.of(), Optional.empty(), 300));
        assertThat(((UdpPacket) packet("+.1 < udp 8888 > 8080 (1)")).ports())
                .contains(new Ports(8888, 8080));
        IcmpPacket message =
                (IcmpPacket) packet("+.1 < icmp unreachable frag_needed mtu 1000 [1:11(10)]");
        assertThat(message.code()).contains("frag_needed");
        assertThat(message.mtu()).isEqualTo(OptionalInt.of(1000));
        assertThat(message.quoted())
                .contains(new Quoted.QuotedTcp(new Range(new Position(1, 46), 1, 11, 10)));
        assertThat(
                        ((IcmpPacket) packet("+.1 < icmp unreachable port_unreachable [udp (9)]"))
                                .quoted())
                .contains(new Quoted.QuotedUdp(9));
    }

    @Test
    void readsTimes() {
        assertThat(
                        Parser.packetdrill(
                                text(
                                        "0...0.2 read(4, ..., 1) = 1\n+0~+.06 > . 1:1(0) ack 1\n* > . 1:1(0) ack 1")))
                .extracting(s -> s.time().orElseThrow())
                .containsExactly(
                        new Timing.Lasting(new Position(1, 1), false, 0, 200_000_000),
                        new Timing.Between(new Position(2, 1), true, 0, 60_000_000),
                        new Timing.Any(new Position(3, 1)));
    }

    @Test
    void readsOptionsCommandsAndCode() {
        List<Step> steps =
                Parser.packetdrill(
                        text(
                                "--mss=1000\n--flag\n`sysctl -q\nls`\n0 `date`\n+1 %{\nassert a == 1, \"}\"\n}%\n"));
        assertThat(steps)
                .containsExactly(
                        new OptionStep(new Position(1, 1), "mss", Optional.of("1000")),
                        new OptionStep(new Position(2, 1), "flag", Optional.empty()),
                        new CommandStep(new Position(3, 1), Optional.empty(), "sysctl -q\nls"),
                        new CommandStep(
                                new Position(5, 1),
                                Optional.of(new Timing.At(new Position(5, 1), 0)),
                                "date"),
                        new CodeStep(
                                new Position(6, 1),
                                Optional.of(new Timing.After(new Position(6, 1), 1_000_000_000)),
                                "\nassert a == 1, \"}\"\n"));
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(
            delimiterString = "=>",
            quoteCharacter = '^',
            value = {
                "+0 < S 0:0(0)              => t:1:14: expected 'win' and the window, which an inbound segment has to say, found the end of the line",
                "+0 < Q 0:0(0) win 1        => t:1:6: expected flags out of F S R P . U E W A, found 'Q'",
                "+0 < S 0:0 win 1           => t:1:12: expected '(' and the length, found 'win'",
                "+0 > . 1:11(9) ack 1       => t:1:12: expected the length (10), found (9)",
                "+0 > . 1:1(0) ack 1 <mss>  => t:1:25: expected the MSS, found '>'",
                "+0 > . 1:1(0) ack 1 <msss 1> => t:1:22: expected a TCP option, found 'msss'; did you mean 'mss'?",
                "+0 > . 1:1(0) ack 1 <nop   => t:1:25: expected ',' or '>', found the end of the line",
                "+0 > . 1:1(0) ack 99999999999 => t:1:19: expected an ack up to 4294967295, found '99999999999'",
                "2~1 > . 1:1(0) ack 1       => t:1:3: expected an end that is not before the start",
                "1~+2 > . 1:1(0) ack 1      => t:1:3: expected both times with '+', or none",
                "+0 close(3) = -1 EBADF     => t:1:23: expected a note in parentheses after the errno, found the end of the line",
                "+0 %{ assert               => t:1:4: expected }% at the end of a code block",
                "`date                      => t:1:1: expected ` at the end of a command",
                "+0 [3]                     => t:1:4: expected a call, a packet, a command or a code block, found '['",
            })
    void saysWhereAndWhatItExpected(String script, String message) {
        assertThatThrownBy(() -> Parser.packetdrill(text(script)))
                .isInstanceOf(ScriptException.class)
                .hasMessage(message);
    }

    private static WirePacket packet(String line) {
        return ((PacketStep) Parser.packetdrill(text(line)).getFirst()).packet();
    }

    private static Source text(String text) {
        return Source.of("t", text);
    }

    private static Source file(Path path) {
        try {
            return Source.of(path.getFileName().toString(), Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
