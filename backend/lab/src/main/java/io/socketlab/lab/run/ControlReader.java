package io.socketlab.lab.run;

import io.socketlab.lab.fault.DisturbanceReader;
import io.socketlab.lab.script.LineWords;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.StandardInput;
import io.socketlab.lab.script.Who;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads the lines that say how far to run. */
final class ControlReader {

    private static final Pattern WHO =
            Pattern.compile("([A-Za-z_]\\w*(?:-\\w+)*)(?:\\.([1-9][0-9]{0,8}))?");

    private static final int MAX_STEPS = 1_000_000;
    private static final String STEP = "expected step, step 5, step call, or step call until 1.5s";
    private static final String RUN =
            "expected run, run 2s, run until 1.5s, run until event 120 or run until client.cwnd > 20";
    private static final Pattern UNTIL = Pattern.compile("\\s*run\\s+until\\s+(.*?)\\s*");
    private static final Pattern UNTIL_EVENT =
            Pattern.compile("event\\s+([1-9][0-9]{0,8})(?:\\s+\\((.*)\\))?");

    private final String text;
    private final LineWords words;

    private ControlReader(String text, LineWords words) {
        this.text = text;
        this.words = words;
    }

    /**
     * Empty if the line is no control.
     *
     * @throws ScriptException if it begins as one and is none
     */
    static Optional<Control> read(Source source) {
        return new ControlReader(source.text(), new LineWords(source)).read();
    }

    /**
     * Reads {@code exec server programs/echo.wasm 7777} out of a script.
     *
     * @throws ScriptException if something in it is missing
     */
    static Control.Exec exec(LineWords line) {
        return new ControlReader(line.toString(), line).exec();
    }

    private Optional<Control> read() {
        return switch (words.text(0)) {
            case "step" -> Optional.of(step());
            case "run" -> Optional.of(run());
            case "interrupt" -> Optional.of(interrupt());
            case "start" -> Optional.of(start());
            case "exec" -> Optional.of(exec());
            case "cost" -> Optional.of(costs());
            case "predict" -> Optional.of(predict());
            case "skip" -> Optional.of(skip());
            case "reveal" -> Optional.of(reveal());
            default ->
                    DisturbanceReader.read(words)
                            .map(disturbance -> new Control.Disturb(words, disturbance));
        };
    }

    private Control step() {
        if (words.size() == 1) return new Control.Step(1);
        if (!words.is(1, "call")) {
            words.requireSize(2, STEP);
            return new Control.Step(count());
        }
        if (words.size() == 2) return new Control.StepCall(OptionalLong.empty());
        if (!words.is(2, "until")) throw words.unexpected(2, STEP);
        words.requireSize(4, STEP);
        return new Control.StepCall(OptionalLong.of(words.time(3)));
    }

    private int count() {
        String text = words.text(1);
        if (!text.matches("[1-9][0-9]{0,6}") || Integer.parseInt(text) > MAX_STEPS)
            throw words.unexpected(1, STEP);
        return Integer.parseInt(text);
    }

    private Control run() {
        if (words.size() == 1) return new Control.Run();
        if (words.is(1, "until")) return runUntil();
        words.requireSize(2, RUN);
        return new Control.RunFor(words.time(1));
    }

    private Control runUntil() {
        Matcher until = UNTIL.matcher(text);
        if (!until.matches() || until.group(1).isEmpty()) throw words.unexpected(2, RUN);
        Matcher event = UNTIL_EVENT.matcher(until.group(1));
        if (event.matches()) {
            String what = event.group(2) == null ? "" : event.group(2);
            return new Control.RunUntilEvent(Integer.parseInt(event.group(1)), what);
        }
        if (words.is(2, "event")) throw words.unexpected(3, "expected an event's number");
        boolean isTime = words.size() == 3 && Character.isDigit(words.text(2).charAt(0));
        return isTime
                ? new Control.RunUntil(words.time(2))
                : new Control.RunUntilTrue(until.group(1), until.start(1));
    }

    private Control interrupt() {
        String expected = "expected whose call to interrupt: interrupt client";
        words.requireSize(2, expected);
        return new Control.Interrupt(who(1, expected));
    }

    private Who who(int word, String expected) {
        Matcher m = WHO.matcher(words.text(word));
        if (!m.matches()) throw words.unexpected(word, expected);
        int task = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
        return new Who(words.position(word), m.group(1), task);
    }

    private Control start() {
        words.requireSize(2, "expected the host whose program to start again: start server");
        return new Control.Start(words.position(1), words.text(1));
    }

    private Control.Exec exec() {
        if (words.size() < 3) {
            throw words.unexpected(
                    words.size(), "expected a host and a program: exec server echo_server 7777");
        }
        int end =
                IntStream.range(3, words.size())
                        .filter(i -> words.is(i, "<"))
                        .findFirst()
                        .orElse(words.size());
        List<String> arguments = IntStream.range(3, end).mapToObj(words::text).toList();
        Who who = who(1, "expected a host or a task: exec server.2 echo_server 7777");
        return new Control.Exec(words.position(2), who, words.text(2), arguments, input(end));
    }

    /** What stands behind <: a text between quotation marks, as C writes it. */
    private byte[] input(int sign) {
        if (sign >= words.size()) return new byte[0];
        String written =
                IntStream.range(sign + 1, words.size())
                        .mapToObj(words::text)
                        .collect(Collectors.joining(" "));
        return StandardInput.read(written)
                .orElseThrow(() ->
                        words.unexpected(
                                sign + 1,
                                "expected what there is to read, in quotation marks: < \"hello\\n\""));
    }

    private Control costs() {
        if (words.size() == 1) return new Control.Costs(Optional.empty());
        words.requireSize(2, "expected cost, or whose: cost server");
        return new Control.Costs(Optional.of(words.text(1)));
    }

    private Control predict() {
        words.requireSize(3, "expected which prediction and what it will be: predict peak 4");
        return new Control.Predict(words.position(1), words.text(1), words.text(2));
    }

    private Control skip() {
        words.requireSize(2, "expected which prediction is not to be asked: skip peak");
        return new Control.Skip(words.position(1), words.text(1));
    }

    private Control reveal() {
        words.requireSize(2, "expected which prediction is to be decided: reveal peak");
        return new Control.Reveal(words.position(1), words.text(1));
    }
}
