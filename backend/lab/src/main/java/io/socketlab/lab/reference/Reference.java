package io.socketlab.lab.reference;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.lab.check.Course;
import io.socketlab.lab.check.Vocabulary;
import io.socketlab.lab.check.Vocabulary.Entry;
import io.socketlab.lab.model.LabSchema;
import io.socketlab.lab.script.CallCatalogue;
import io.socketlab.lab.script.CallInfo;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of the lab language as Markdown: everything that a check can name. */
public final class Reference {

    private final StringBuilder text = new StringBuilder();

    private Reference() {}

    /** The whole page. */
    public static String page() {
        var reference = new Reference();
        reference.intro();
        reference.combinators();
        reference.metrics();
        reference.patterns();
        reference.events();
        reference.calls();
        reference.rules();
        return reference.text.toString();
    }

    private void intro() {
        text.append(
                """
                # Reference of the lab language

                Everything that patterns, conditions and checks can name. `socketlab reference` makes this page of the code, and a
                test keeps it current. How a lab is written is in [lab-format.md](lab-format.md); editors know the same from
                [lab.schema.json](lab.schema.json), which `socketlab schema` makes.
                """);
    }

    private void heading(String title) {
        text.append("\n## ").append(title).append("\n\n");
    }

    private void table(String first, String second, List<Entry> entries) {
        text.append("| ").append(first).append(" | ").append(second).append(" |\n| --- | --- |\n");
        for (Entry e : entries) row("`" + cell(e.name()) + "`", e.meaning());
    }

    private void row(String... cells) {
        text.append('|');
        for (String c : cells) text.append(' ').append(cell(c)).append(c.isEmpty() ? "|" : " |");
        text.append('\n');
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String code(List<String> words) {
        return words.stream().map(w -> "`" + w + "`").collect(Collectors.joining(", "));
    }

    private void combinators() {
        heading("Assertions");
        table(
                "key",
                "holds when",
                LabSchema.combinators().entrySet().stream()
                        .map(e -> new Entry(e.getKey(), e.getValue()))
                        .toList());
        text.append("\nShapes of a `series`: ")
                .append(code(Course.NAMES))
                .append(", `halves_at(PATTERN)`.\n");
    }

    private void metrics() {
        heading("Metrics");
        text.append(
                """
                `client.cwnd` is that of the connection that changed last, `client.conn[2].cwnd` that of the second,
                `server.child[1].cwnd` that of the first that a listener made. Times are written with their unit: `client.rto >= 200ms`.

                """);
        table("of a connection", "is", Vocabulary.ofConnection());
        text.append('\n');
        table("`server.listen[port].…`", "is", Vocabulary.ofListener());
        text.append('\n');
        table("`server.udp[port].…`", "is", Vocabulary.ofDatagramSocket());
        text.append('\n');
        table("`server.cost.…`, `server.task[2].cost.…`", "counts", Vocabulary.costs());
        text.append('\n');
        table("`server.…`", "is", Vocabulary.ofHost());
        text.append('\n');
        table("function", "is", Vocabulary.functions());
        text.append(
                """
                | `predict.ID` | what the student said beforehand |

                Units of time beside `ns`, `us`, `ms`, `s`: `rtt` (over the links and back), `rto` (the connection's last), `msl` (30 s), `tick`
                (1 ms).
                """);
    }

    private void patterns() {
        heading("Words of patterns");
        text.append("States: ").append(code(Vocabulary.states())).append(".\n\n");
        text.append("Timers: ").append(code(Vocabulary.timers())).append(".\n\n");
        table("`drop reason=…`", "because", Vocabulary.reasons());
    }

    private void events() {
        heading("Events");
        text.append(
                """
                `client SegmentSent flags=S length=0`: any event of the trace, by its fields. All have `rule`, `why` and `cause` too. What the
                fields mean is in [trace-format.md](trace-format.md).

                | event | fields |
                | --- | --- |
                """);
        for (Vocabulary.Event event : Vocabulary.events()) {
            String fields =
                    event.fields().stream()
                            .map(f -> "`" + f.name() + "` " + f.meaning())
                            .collect(Collectors.joining(", "));
            row("`" + event.name() + "`", fields);
        }
    }

    private void calls() {
        heading("Calls");
        text.append(
                """
                The arguments are those of the longest form; a pattern can be shorter, as in [scripts.md](scripts.md), or end in `...`.

                | call | arguments | does |
                | --- | --- | --- |
                """);
        for (Entry call : Vocabulary.calls()) {
            String summary = CallCatalogue.find(call.name()).map(CallInfo::summary).orElse("");
            String arguments =
                    call.meaning().isEmpty() ? "" : code(List.of(call.meaning().split(", ")));
            row("`" + call.name() + "`", arguments, summary);
        }
    }

    private void rules() {
        heading("Rules");
        text.append(
                """
                What a check's `rule` and an event's `rule` can be. The sentence is shown to the student whose check fails.

                | rule | source | says |
                | --- | --- | --- |
                """);
        for (Rule rule : Rule.values()) row("`" + rule.id() + "`", rule.source(), rule.sentence());
    }
}
