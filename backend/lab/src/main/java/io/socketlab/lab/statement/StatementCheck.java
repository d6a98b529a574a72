package io.socketlab.lab.statement;

import io.socketlab.lab.expr.Expression;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.expr.Template;
import io.socketlab.lab.model.Check;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.ParameterPlan;
import io.socketlab.lab.model.Prediction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds the statements of a lab against its checks and its parameters. */
public final class StatementCheck {

    private static final int MOST_TASKS = 12;

    private static final Pattern IMAGE = Pattern.compile("!\\[([^]\\n]*)]\\(");

    /** A task, and what looks like one, with the beginning of the list item that it begins. */
    private static final Pattern MARK =
            Pattern.compile(
                    "(^[ \\t]*(?:[-*+]|[0-9]{1,9}[.)])[ \\t]+)?(\\[[ \\t]*task[ \\t]*](?=[ \\t]*\\())",
                    Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern SOURCE = Pattern.compile("!\\[[^]\\n]*]\\(\\s*<?([^)>\\s]+)");

    private static final Pattern COLOUR =
            Pattern.compile("\\b(?:red|green|blue|yellow|orange|purple|grey|gray)\\b");

    private final Lab lab;
    private final Statement statement;
    private final List<Problem> problems = new ArrayList<>();

    private StatementCheck(Lab lab, Statement statement) {
        this.lab = lab;
        this.statement = statement;
    }

    /** What they name and is not there, or name twice. */
    public static List<Problem> mistakes(Lab lab) {
        return Statement.all(lab).stream()
                .flatMap(s -> new StatementCheck(lab, s).mistakes().stream())
                .toList();
    }

    /** What a statement that is ready has, and these lack. */
    public static List<Problem> omissions(Lab lab) {
        List<Statement> all = Statement.all(lab);
        if (all.stream().noneMatch(s -> s.locale().equals("en"))) {
            return List.of(
                    new Problem(
                            lab.files().name() + "/statement.en.md",
                            1,
                            1,
                            "expected this file; it is missing"));
        }
        return all.stream().flatMap(s -> new StatementCheck(lab, s).omissions().stream()).toList();
    }

    private List<Problem> mistakes() {
        Set<String> named = new HashSet<>();
        for (Statement.Task task : statement.tasks()) {
            for (Statement.Named check : task.checks()) named(check, named);
        }
        marks();
        parameters();
        sources();
        return problems;
    }

    /** What is meant for a task and is none: it would be shown as a link that leads nowhere. */
    private void marks() {
        Matcher m = MARK.matcher(statement.markdown());
        while (m.find()) {
            boolean task = statement.tasks().stream().anyMatch(t -> t.offset() == m.start(2));
            if (!task) {
                problem(m.start(2), "expected a task, as in [task](check) or [task](check,check)");
            } else if (m.group(1) == null) {
                problem(
                        m.start(2),
                        "expected a task at the beginning of a list item, as in 1. [task](check)");
            }
        }
    }

    private void named(Statement.Named check, Set<String> before) {
        List<String> graded = graded();
        if (check.id().isEmpty()) {
            String example = graded.isEmpty() ? "" : ", as in [task](" + graded.getFirst() + ")";
            problem(check.offset(), "expected the id of a check" + example);
        } else if (!graded.contains(check.id())) {
            problem(check.offset(), unknown("check", check.id(), graded));
        } else if (!before.add(check.id())) {
            problem(check.offset(), "the check '" + check.id() + "' is in a task already");
        }
    }

    private List<String> graded() {
        return Stream.concat(
                        lab.checks().stream().map(Check::id),
                        lab.predictions().stream().map(Prediction::id))
                .toList();
    }

    private void parameters() {
        List<String> known = lab.params().stream().map(ParameterPlan::name).toList();
        try {
            for (Expression.Parameter p : Template.of(statement.markdown()).parameters()) {
                if (!known.contains(p.name())) {
                    problem(p.offset(), unknown("parameter", p.name(), known));
                }
            }
        } catch (SyntaxException e) {
            problem(e.offset(), String.valueOf(e.getMessage()));
        }
    }

    private List<Problem> omissions() {
        List<Statement.Task> tasks = statement.tasks();
        if (tasks.size() > MOST_TASKS) {
            problem(
                    tasks.get(MOST_TASKS).offset(),
                    "expected at most " + MOST_TASKS + " tasks, not " + tasks.size());
        }
        var named = new HashSet<String>();
        tasks.forEach(task -> task.checks().forEach(check -> named.add(check.id())));
        for (Check check : lab.checks()) {
            boolean shown = check.visibility() == Check.Visibility.ALWAYS;
            if (shown) inTask("check", check.id(), named);
        }
        for (Prediction p : lab.predictions()) {
            if (!p.halts()) inTask("prediction", p.id(), named); // those are asked by the run
        }
        images();
        colours();
        return problems;
    }

    /** An image that is not there, or that a page does not load, is none. */
    private void sources() {
        Matcher m = SOURCE.matcher(statement.markdown());
        while (m.find()) {
            String path = m.group(1);
            if (!ImageFinder.isOwn(path)) {
                problem(
                        m.start(1),
                        "expected an image of the lab's folder, as in assets/queue.svg (png, jpg, gif,"
                                + " webp or svg), not '"
                                + path
                                + "'");
            } else if (lab.files().image(path).isEmpty()) {
                problem(m.start(1), "there is no image '" + path + "' in the lab's folder");
            }
        }
    }

    /** Who cannot see a figure has what its text says. */
    private void images() {
        Matcher m = IMAGE.matcher(statement.markdown());
        while (m.find()) {
            if (!m.group(1).isBlank()) continue;
            problem(
                    m.start(),
                    "expected a text that stands for the image, as in ![a queue](a.svg)");
        }
    }

    /** Not everybody can tell the red one from the green one. */
    private void colours() {
        Matcher m = COLOUR.matcher(statement.markdown());
        while (m.find()) {
            problem(
                    m.start(),
                    "expected words that need no colours, not '"
                            + m.group()
                            + "': say where it is or what it is called");
        }
    }

    private void inTask(String what, String id, Set<String> named) {
        if (named.contains(id)) return;
        problem(0, "expected a task with the " + what + " '" + id + "', as in [task](" + id + ")");
    }

    private static String unknown(String what, String name, List<String> known) {
        return String.valueOf(SyntaxException.unknown(0, what, name, known).getMessage());
    }

    private void problem(int offset, String message) {
        String before = statement.markdown().substring(0, offset);
        int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
        int column = offset - (before.lastIndexOf('\n') + 1) + 1;
        String file = lab.files().name() + "/" + statement.file();
        problems.add(new Problem(file, line, column, message));
    }
}
