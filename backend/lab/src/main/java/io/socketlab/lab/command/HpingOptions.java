package io.socketlab.lab.command;

import io.socketlab.kernel.wire.TcpHeader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The options of hping3(8), as far as its TCP mode goes, with its defaults. */
final class HpingOptions {

    /** What is done to the destination port after each packet, or after each answer. */
    enum PortStep {
        NONE,
        ON_ANSWER,
        ON_PACKET
    }

    private static final String USAGE =
            "expected hping3 -c COUNT [-SAFRPU] [-p [++]PORT] [-s PORT] [-k] [-i SECONDS or"
                    + " uMICROSECONDS] [-a ADDRESS] [--rand-source] [-w WINDOW] [-t TTL] [-d OCTETS]"
                    + " [-q] [-n] and a host";
    private static final List<String> LONG_OPTIONS =
            List.of(
                    "--count",
                    "--interval",
                    "--fast",
                    "--faster",
                    "--spoof",
                    "--rand-source",
                    "--ttl",
                    "--baseport",
                    "--destport",
                    "--keep",
                    "--win",
                    "--data",
                    "--quiet",
                    "--numeric",
                    "--fin",
                    "--syn",
                    "--rst",
                    "--push",
                    "--ack",
                    "--urg");
    private static final int MOST_PACKETS = 100_000;
    private static final int MOST_DATA = 1400;
    private static final int MOST_SECONDS = 3600;
    private static final int MOST_MICROSECONDS = 999_999_999;
    private static final long MICROSECOND = 1_000;
    private static final long SECOND = 1_000_000_000;

    private int count;
    private long interval = SECOND;
    private String target = "";
    private Optional<String> source = Optional.empty();
    private boolean randomSource;
    private OptionalInt basePort = OptionalInt.empty();
    private int port;
    private PortStep portStep = PortStep.NONE;
    private boolean keepsPort;
    private int flags;
    private int window = 512;
    private int ttl = 64;
    private int data;
    private boolean quiet;
    private boolean numeric;

    private HpingOptions() {}

    static Hping read(Words words) {
        var options = new HpingOptions();
        options.target = words.operand(USAGE, options::option);
        if (options.count == 0) {
            throw words.unexpected("expected -c COUNT as well: nobody presses Ctrl-C here");
        }
        return new Hping(options);
    }

    private void option(Words words) {
        String word = words.peek();
        boolean letters = !word.startsWith("--") && word.length() > 2;
        if (letters) letters(words, word);
        else if (!isWithValue(words, word)) bare(words, word);
    }

    /** Several in one word: {@code -SA}. */
    private void letters(Words words, String word) {
        for (int i = 1; i < word.length(); i++) {
            int flag = flag("-" + word.charAt(i));
            if (flag == 0) {
                throw new CommandException(
                        words.offset() + i,
                        "expected letters of TCP flags, SAFRPU, found '" + word.charAt(i) + "'");
            }
            flags |= flag;
        }
        words.next(USAGE);
    }

    private boolean isWithValue(Words words, String word) {
        switch (word) {
            case "-c", "--count" -> count = number(words, "how many packets", 1, MOST_PACKETS);
            case "-i", "--interval" -> interval = interval(words);
            case "-a", "--spoof" -> {
                words.next(USAGE);
                source = Optional.of(words.next("expected the address of a host after " + word));
            }
            case "-t", "--ttl" -> ttl = number(words, "a time to live", 1, 255);
            case "-s", "--baseport" ->
                    basePort = OptionalInt.of(number(words, "a source port", 0, 0xFFFF));
            case "-p", "--destport" -> destination(words);
            case "-w", "--win" -> window = number(words, "a window", 0, 0xFFFF);
            case "-d", "--data" -> data = number(words, "octets of data", 0, MOST_DATA);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int number(Words words, String what, int from, int to) {
        words.next(USAGE);
        return words.number(what, from, to);
    }

    private static long interval(Words words) {
        words.next(USAGE);
        if (!words.peek().startsWith("u")) {
            return words.number("seconds, or as in u1000 microseconds,", 1, MOST_SECONDS) * SECOND;
        }
        return words.numberAfter("u", "microseconds", 1, MOST_MICROSECONDS) * MICROSECOND;
    }

    private void destination(Words words) {
        words.next(USAGE);
        String written = words.peek();
        String sign = written.startsWith("++") ? "++" : written.startsWith("+") ? "+" : "";
        portStep =
                switch (sign) {
                    case "++" -> PortStep.ON_PACKET;
                    case "+" -> PortStep.ON_ANSWER;
                    default -> PortStep.NONE;
                };
        port = words.numberAfter(sign, "a port", 0, 0xFFFF);
    }

    private void bare(Words words, String word) {
        int flag = flag(word);
        flags |= flag;
        switch (word) {
            case "-k", "--keep" -> keepsPort = true;
            case "-q", "--quiet" -> quiet = true;
            case "-n", "--numeric" -> numeric = true;
            case "--fast" -> interval = 10_000 * MICROSECOND;
            case "--faster" -> interval = MICROSECOND;
            case "--rand-source" -> randomSource = true;
            case "--flood" ->
                    throw words.unexpected(
                            "expected a pause between packets, such as --faster or -i u100: in virtual"
                                    + " time a flood without one would be over before anybody could"
                                    + " answer it");
            default -> {
                if (flag == 0) throw words.unknown(USAGE, LONG_OPTIONS);
            }
        }
        words.next(USAGE);
    }

    private static int flag(String word) {
        return switch (word) {
            case "-F", "--fin" -> TcpHeader.FIN;
            case "-S", "--syn" -> TcpHeader.SYN;
            case "-R", "--rst" -> TcpHeader.RST;
            case "-P", "--push" -> TcpHeader.PSH;
            case "-A", "--ack" -> TcpHeader.ACK;
            case "-U", "--urg" -> TcpHeader.URG;
            default -> 0;
        };
    }

    /** Packets to send. */
    int count() {
        return count;
    }

    /** Nanoseconds from one packet to the next. */
    long interval() {
        return interval;
    }

    String target() {
        return target;
    }

    /** {@code -a}: whose address the packets carry. */
    Optional<String> source() {
        return source;
    }

    /** {@code --rand-source}. */
    boolean randomSource() {
        return randomSource;
    }

    /** Of the first packet; the next have the next, unless it {@link #keepsPort}. */
    OptionalInt basePort() {
        return basePort;
    }

    boolean keepsPort() {
        return keepsPort;
    }

    int port() {
        return port;
    }

    PortStep portStep() {
        return portStep;
    }

    int flags() {
        return flags;
    }

    int window() {
        return window;
    }

    int ttl() {
        return ttl;
    }

    /** Octets of text in each segment. */
    int data() {
        return data;
    }

    /** Only the first line and the summary are printed. */
    boolean quiet() {
        return quiet;
    }

    /** No names of those who answer. */
    boolean numeric() {
        return numeric;
    }
}
