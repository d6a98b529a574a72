package io.socketlab.lab.script;

import io.socketlab.kernel.socket.Errno;
import io.socketlab.lab.command.Shell;
import io.socketlab.lab.expr.Spelling;
import io.socketlab.lab.script.Step.CallStep;
import io.socketlab.lab.script.Step.CodeStep;
import io.socketlab.lab.script.Step.CommandStep;
import io.socketlab.lab.script.Step.ExecStep;
import io.socketlab.lab.script.Step.FaultStep;
import io.socketlab.lab.script.Step.OptionStep;
import io.socketlab.lab.script.Step.PacketStep;
import io.socketlab.lab.script.Step.PredictStep;
import io.socketlab.lab.script.Step.ProgramStep;
import io.socketlab.lab.script.Step.QuietStep;
import io.socketlab.lab.script.Step.ShellStep;
import io.socketlab.lab.script.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads scripts and console lines. There is one grammar; what only one of the two kinds of script
 * has is refused in the other with a message that says so.
 *
 * <pre>{@code
 * step     = [time] ( [who ":"] call ["=" result [ERRNO] ["(" note ")"]]
 *                   | [who ":"] shell command, to the end of the line                lab
 *                   | [who ":"] program                                              lab
 *                   | "exec" host file argument…, to the end of the line             lab
 *                   | "quiet()" | "predict(" id ")" "=" value
 *                   | "drop(" wire ")" | "delay(" wire "," seconds ")"                 lab
 *                   | "<" packet | ">" packet | "%{" code "}%" | "`" command "`" )     packetdrill
 *          | "--" option ["=" value]                                                  packetdrill
 * time     = ["+"] seconds | ["+"] number unit
 *          | "*" | time "~" time | time "..." time                                    packetdrill
 * who      = host ["[*]"] ["." task]
 * }</pre>
 */
public final class Parser {

    private enum Dialect {
        LAB,
        PACKETDRILL
    }

    private static final List<String> ERRNOS = Errno.ofPrograms().stream().map(Enum::name).toList();

    private final Tokens tokens;
    private final Dialect dialect;
    private final ArgumentParser arguments;
    private final PacketParser packets;
    private final TimingParser timings;

    private Parser(Source source, Dialect dialect) {
        this.tokens = new Tokens(source);
        this.dialect = dialect;
        this.arguments = new ArgumentParser(tokens);
        this.packets = new PacketParser(tokens);
        this.timings = new TimingParser(tokens);
    }

    /**
     * A lab's script: calls on named hosts.
     *
     * @throws ScriptException at the first thing that is wrong
     */
    public static List<Step> lab(Source source) {
        return new Parser(source, Dialect.LAB).steps();
    }

    /** A packetdrill script: calls on one host, and the packets on its wire. */
    public static List<Step> packetdrill(Source source) {
        return new Parser(source, Dialect.PACKETDRILL).steps();
    }

    /**
     * One call or shell command as it is typed at a console: {@code client: listen(3, 5)}, {@code
     * client: ss -tin}.
     */
    public static Step line(Source source) {
        var parser = new Parser(source, Dialect.LAB);
        parser.tokens.skipNewlines();
        Step step = parser.step();
        parser.tokens.skipNewlines();
        if (!parser.tokens.peek().is(Kind.END))
            throw parser.tokens.unexpected("expected one call only");
        if (step instanceof CallStep || step instanceof ShellStep) return step;
        throw source.error(
                step.position(),
                switch (step) {
                    case ProgramStep _ -> "expected a call; programs are for scripts";
                    case FaultStep _ -> "expected a call; a fault is written here as: drop client";
                    default -> "expected a call; quiet() is for scripts, here it is: run";
                });
    }

    private List<Step> steps() {
        var steps = new ArrayList<Step>();
        tokens.skipNewlines();
        while (!tokens.peek().is(Kind.END)) {
            steps.add(step());
            if (!tokens.atLineEnd()) throw tokens.unexpected("expected the end of the line");
            tokens.skipNewlines();
        }
        return steps;
    }

    private Step step() {
        if (tokens.peek().is(Kind.OPTION)) return option();
        Position at = tokens.here();
        Optional<Timing> time = timings.timing();
        time.ifPresent(this::checkTime);
        Token first = tokens.peek();
        return switch (first.kind()) {
            case CODE -> new CodeStep(at, time, packetdrillOnly(tokens.next()).text());
            case COMMAND -> new CommandStep(at, time, packetdrillOnly(tokens.next()).text());
            case PUNCTUATION ->
                    first.is('{') ? program(at, time, Optional.empty()) : packet(at, time);
            case WORD -> isExec(first) ? exec(at, time) : call(at, time);
            case VARIABLE,
                    INTEGER,
                    DECIMAL,
                    ADDRESS,
                    BRACKETED,
                    STRING,
                    ELLIPSIS,
                    OPTION,
                    NEWLINE,
                    END ->
                    throw expectedStep();
        };
    }

    private ScriptException expectedStep() {
        return tokens.unexpected(
                dialect == Dialect.LAB
                        ? "expected a call such as client: listen(3, 5)"
                        : "expected a call, a packet, a command or a code block");
    }

    private Step option() {
        Token token = packetdrillOnly(tokens.next());
        String text = token.text().substring(2);
        int equals = text.indexOf('=');
        return equals < 0
                ? new OptionStep(tokens.at(token), text, Optional.empty())
                : new OptionStep(
                        tokens.at(token),
                        text.substring(0, equals),
                        Optional.of(unquoted(text.substring(equals + 1))));
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private Token packetdrillOnly(Token token) {
        if (dialect == Dialect.PACKETDRILL) return token;
        throw tokens.error(
                token,
                "expected a call; packets, options, commands and code blocks are for packetdrill scripts");
    }

    private void checkTime(Timing time) {
        switch (time) {
            case Timing.After _, Timing.At _ -> {}
            case Timing.Any _, Timing.Between _, Timing.Lasting _ -> {
                if (dialect == Dialect.LAB)
                    throw tokens.error(time.position(), "expected one time, such as +50ms or 0.5");
            }
        }
    }

    private Step packet(Position at, Optional<Timing> time) {
        if (!tokens.peek().is('<') && !tokens.peek().is('>')) throw expectedStep();
        boolean inbound = packetdrillOnly(tokens.next()).is('<');
        return new PacketStep(at, time, inbound, packets.packet(inbound));
    }

    private Step call(Position at, Optional<Timing> time) {
        Optional<Who> who = who();
        if (who.isPresent() && tokens.peek().is('{')) return program(at, time, who);
        Token name = tokens.expect(Kind.WORD, "expected the name of a call");
        if (isShellCommand(name)) {
            tokens.lexer().backTo(name);
            return new ShellStep(at, time, who, tokens.at(name), tokens.lexer().restOfLine());
        }
        known(name);
        Call call = arguments.call(name);
        if (call.name().equals("quiet")) return quiet(at, time, who, call);
        if (dialect == Dialect.LAB && call.name().equals("predict")) {
            return predict(at, time, who, call);
        }
        if (dialect == Dialect.LAB && Faults.NAMES.contains(call.name())) {
            return Faults.read(tokens, at, time, who, call);
        }
        return new CallStep(at, time, who, call, expected());
    }

    /** What is no call and has no '(' is meant for a command. */
    private void known(Token name) {
        if (dialect != Dialect.LAB || tokens.lexer().isNext('(')) return;
        if (name.text().equals("exec")) {
            throw tokens.error(
                    name, "expected exec in front of the host, as in exec server program.wasm");
        }
        if (CallCatalogue.find(name.text()).isPresent()) return;
        var names = new ArrayList<>(Shell.names());
        names.addAll(CallCatalogue.names());
        throw tokens.error(
                name,
                "expected a call or a command, found '%s'%s"
                        .formatted(name.text(), Spelling.hint(name.text(), names)));
    }

    private Step program(Position at, Optional<Timing> time, Optional<Who> who) {
        packetdrillHasNone(tokens.peek());
        var parser = new ProgramParser(tokens, arguments, this::expected);
        return new ProgramStep(at, time, who, parser.program());
    }

    private void packetdrillHasNone(Token brace) {
        if (dialect == Dialect.LAB) return;
        throw tokens.error(brace, "expected a call; programs are for scripts of labs");
    }

    private boolean isShellCommand(Token name) {
        return dialect == Dialect.LAB
                && Shell.isCommand(name.text())
                && !tokens.lexer().isNext('(')
                && !tokens.lexer().isNext(':');
    }

    private boolean isExec(Token name) {
        return dialect == Dialect.LAB
                && name.text().equals("exec")
                && !tokens.lexer().isNext('(')
                && !tokens.lexer().isNext(':');
    }

    /** {@code exec server programs/echo.wasm 7777}. */
    private Step exec(Position at, Optional<Timing> time) {
        Token name = tokens.peek();
        tokens.lexer().backTo(name);
        Position begin = tokens.at(name);
        String written = tokens.lexer().restOfLine();
        var end = new Position(begin.line(), begin.column() + written.length());
        LineWords line = tokens.line(end);
        line.addWritten(written, begin);
        return new ExecStep(at, time, line);
    }

    private Step quiet(Position at, Optional<Timing> time, Optional<Who> who, Call call) {
        if (who.isPresent())
            throw tokens.error(
                    who.get().position(), "expected no host: quiet() is about the whole network");
        if (!call.arguments().isEmpty()) {
            throw tokens.error(
                    call.arguments().getFirst().position(), "expected quiet() without arguments");
        }
        return new QuietStep(at, time);
    }

    /** {@code predict(peak) = 4}. */
    private Step predict(Position at, Optional<Timing> time, Optional<Who> who, Call call) {
        if (who.isPresent()) {
            throw tokens.error(
                    who.get().position(),
                    "expected no host: predict() is about the whole run; in a console it is"
                            + " written predict peak 4");
        }
        if (call.arguments().size() != 1) {
            throw tokens.error(at, "expected a prediction, as in predict(peak) = 4");
        }
        tokens.expect('=', "expected '=' and what it will be, as in predict(peak) = 4");
        String id = call.arguments().getFirst().toString();
        Position idAt = call.arguments().getFirst().position();
        return new PredictStep(idAt, time, id, arguments.argument().toString());
    }

    /** {@code client:} or {@code client.2:}, if that is what comes. */
    private Optional<Who> who() {
        Token name = tokens.next();
        if (tokens.lexer().isNext('(') || isShellCommand(name)) {
            tokens.lexer().backTo(name);
            return Optional.empty();
        }
        Token next = tokens.peek();
        String host = name.text();
        if (dialect == Dialect.LAB && next.is('[')) {
            host += everyOne();
            next = tokens.peek();
        }
        int task = 1;
        if (next.is(Kind.DECIMAL)
                && next.text().matches("\\.[0-9]{1,9}")
                && next.start() == name.end()) {
            task = Integer.parseInt(tokens.next().text().substring(1));
            if (task == 0) throw tokens.error(next, "expected the number of a task, from 1");
        }
        tokens.expect(':', "expected '(' after a call or ':' after a host");
        return Optional.of(new Who(tokens.at(name), host, task));
    }

    /** {@code [*]}: each of the hosts that a lab has several of. */
    private String everyOne() {
        tokens.next();
        tokens.expect('*', "expected '*' in brackets: each of these hosts");
        tokens.expect(']', "expected ']'");
        return "[*]";
    }

    private Optional<Expected> expected() {
        if (!acceptResultSign()) return Optional.empty();
        Position at = tokens.here();
        Argument result = arguments.argument();
        Optional<Errno> errno =
                tokens.peek().is(Kind.WORD) ? Optional.of(errno()) : Optional.empty();
        if (dialect == Dialect.LAB && errno.isPresent() && !result.toString().equals("-1")) {
            throw tokens.error(at, "expected -1 in front of " + errno.get() + ", not " + result);
        }
        Optional<String> note = note();
        if (dialect == Dialect.PACKETDRILL && errno.isPresent() && note.isEmpty()) {
            throw tokens.unexpected("expected a note in parentheses after the errno");
        }
        return Optional.of(new Expected(at, result, errno, note));
    }

    /** Takes the sign before a result, which may also begin the next line. */
    private boolean acceptResultSign() {
        Token next = tokens.peek();
        tokens.skipNewlines();
        if (tokens.accept('=')) return true;
        tokens.lexer().backTo(next);
        return false;
    }

    private Errno errno() {
        Token name = tokens.next();
        if (ERRNOS.contains(name.text())) return Errno.valueOf(name.text());
        throw tokens.error(
                name,
                "expected an errno such as EAGAIN, found '"
                        + name.text()
                        + "'"
                        + Spelling.hint(name.text(), ERRNOS));
    }

    private Optional<String> note() {
        if (!tokens.accept('(')) return Optional.empty();
        String note = tokens.lexer().upTo(')');
        tokens.next();
        return Optional.of(note);
    }
}
