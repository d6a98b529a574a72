package io.socketlab.lab.run;

import io.socketlab.kernel.link.Fault;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.script.Position;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.lab.script.Source;
import io.socketlab.lab.script.Who;
import io.socketlab.lab.script.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the lines that say how far to run. */
final class ControlReader {

    private static final Pattern WORD = Pattern.compile("\\S+");
    private static final Pattern WHO =
            Pattern.compile("([A-Za-z_]\\w*(?:-\\w+)*)(?:\\.([1-9][0-9]{0,8}))?");

    /** A century, so that sums do not overflow. */
    private static final long MAX_NANOS = 100L * 366 * 86_400 * 1_000_000_000;

    private static final int MAX_STEPS = 1_000_000;
    private static final String STEP = "expected step, step 5, step call, or step call until 1.5s";
    private static final String DROP =
            "expected the host whose next frame is to be lost: drop client";
    private static final String DELAY =
            "expected a host, and by how much its next frame is late: delay client 2s";
    private static final String RUN = "expected run, run 2s, or run until 1.5s";

    private record Word(String text, Position position) {}

    private final Source source;
    private final List<Word> words = new ArrayList<>();

    private ControlReader(Source source) {
        this.source = source;
        Matcher m = WORD.matcher(source.text());
        while (m.find()) words.add(new Word(m.group(), source.position(m.start())));
    }

    /**
     * Empty if the line is no control.
     *
     * @throws ScriptException if it begins as one and is none
     */
    static Optional<Control> read(Source source) {
        return new ControlReader(source).read();
    }

    private Optional<Control> read() {
        if (words.isEmpty()) return Optional.empty();
        return switch (words.getFirst().text()) {
            case "step" -> Optional.of(step());
            case "run" -> Optional.of(run());
            case "interrupt" -> Optional.of(interrupt());
            case "start" -> Optional.of(start());
            case "cost" -> Optional.of(costs());
            case "drop" -> Optional.of(drop());
            case "delay" -> Optional.of(delay());
            case "predict" -> Optional.of(predict());
            default -> Optional.empty();
        };
    }

    private Control step() {
        if (words.size() == 1) return new Control.Step(1);
        if (!is(1, "call")) {
            requireSize(2, STEP);
            return new Control.Step(count());
        }
        if (words.size() == 2) return new Control.StepCall(OptionalLong.empty());
        if (!is(2, "until")) throw unexpected(2, STEP);
        requireSize(4, STEP);
        return new Control.StepCall(OptionalLong.of(time(3)));
    }

    private int count() {
        String text = words.get(1).text();
        if (!text.matches("[1-9][0-9]{0,6}") || Integer.parseInt(text) > MAX_STEPS)
            throw unexpected(1, STEP);
        return Integer.parseInt(text);
    }

    private Control run() {
        if (words.size() == 1) return new Control.Run();
        if (is(1, "until")) {
            requireSize(3, RUN);
            return new Control.RunUntil(time(2));
        }
        requireSize(2, RUN);
        return new Control.RunFor(time(1));
    }

    private Control interrupt() {
        String expected = "expected whose call to interrupt: interrupt client";
        requireSize(2, expected);
        Matcher m = WHO.matcher(words.get(1).text());
        if (!m.matches()) throw unexpected(1, expected);
        int task = m.group(2) == null ? 1 : Integer.parseInt(m.group(2));
        return new Control.Interrupt(new Who(words.get(1).position(), m.group(1), task));
    }

    private Control start() {
        requireSize(2, "expected the host whose program to start again: start server");
        return new Control.Start(words.get(1).position(), words.get(1).text());
    }

    private Control drop() {
        if (words.size() != 3) requireSize(2, DROP);
        return new Control.Befall(wire(words.size() == 3), new Fault.Drop());
    }

    private Control delay() {
        if (words.size() != 4) requireSize(3, DELAY);
        long late = time(words.size() - 1);
        return new Control.Befall(wire(words.size() == 4), new Fault.Delay(late));
    }

    /** The wire of a host, or of the card that is written behind it. */
    private Wire wire(boolean withCard) {
        Word host = words.get(1);
        if (!withCard) return Wire.of(host.position(), host.text());
        Word card = words.get(2);
        return new Wire(host.position(), host.text(), card.position(), card.text());
    }

    private Control costs() {
        if (words.size() == 1) return new Control.Costs(Optional.empty());
        requireSize(2, "expected cost, or whose: cost server");
        return new Control.Costs(Optional.of(words.get(1).text()));
    }

    private Control predict() {
        requireSize(3, "expected which prediction and what it will be: predict peak 4");
        Word id = words.get(1);
        return new Control.Predict(id.position(), id.text(), words.get(2).text());
    }

    private long time(int i) {
        return Value.nanos(words.get(i).text())
                .filter(nanos -> nanos >= 0 && nanos <= MAX_NANOS)
                .orElseThrow(
                        () -> unexpected(i, "expected a time with its unit, such as 50ms or 1.5s"));
    }

    private boolean is(int i, String word) {
        return i < words.size() && words.get(i).text().equals(word);
    }

    private void requireSize(int size, String expected) {
        if (words.size() > size) throw unexpected(size, expected);
        if (words.size() < size)
            throw new ScriptException(
                    source.file(), source.position(source.text().length()), expected);
    }

    private ScriptException unexpected(int i, String expected) {
        Word word = words.get(i);
        return new ScriptException(
                source.file(), word.position(), expected + ", found '" + word.text() + "'");
    }
}
