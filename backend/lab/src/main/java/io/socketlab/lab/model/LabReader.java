package io.socketlab.lab.model;

import io.socketlab.lab.check.CallNames;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code lab.yaml}. Refuses a key it does not know, a value of the wrong type, and a name
 * that stands for nothing; tells all the mistakes of a file at once, each with its line and column.
 */
public final class LabReader {

    public static final String FILE = "lab.yaml";

    private static final String API_VERSION = "socketlab/v1";
    private static final List<String> MODES = List.of("bench", "script", "c");
    private static final List<String> CLOCK = List.of("step", "run", "until", "back", "fork");
    private static final List<String> FAULTS =
            List.of("drop", "delay", "duplicate", "reorder", "corrupt");
    private static final List<String> PAY = List.of("improvement-only", "every");
    private static final List<String> PRACTICE = List.of("unlimited", "none");

    private final LabFiles files;
    private final Names names = new Names();

    private LabReader(LabFiles files) {
        this.files = files;
    }

    /**
     * Reads the lab in a folder.
     *
     * @throws LabException with all that is wrong with it
     */
    public static Lab read(LabFiles files) {
        String file = files.name() + "/" + FILE;
        Optional<String> text = files.read(FILE);
        if (text.isEmpty()) {
            throw new LabException(
                    List.of(
                            new LabException.Problem(
                                    file, 1, 1, "expected this file; it is missing")));
        }
        var problems = new Problems(file, text.get());
        Optional<Node> root = compose(text.get(), problems);
        if (root.isEmpty()) {
            if (problems.isEmpty()) problems.add(0, 0, "expected a lab; the file is empty");
            throw problems.exception();
        }
        Lab lab = new LabReader(files).lab(new Element(root.get(), problems));
        if (!problems.isEmpty()) throw problems.exception();
        return lab;
    }

    private static Optional<Node> compose(String text, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            problems.add(
                    mark.map(Mark::getLine).orElse(0),
                    mark.map(Mark::getColumn).orElse(0),
                    "this is not YAML: " + e.getProblem());
        } catch (YamlEngineException e) {
            problems.add(0, 0, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Lab lab(Element root) {
        try (Fields fields = root.fields("a lab")) {
            apiVersion(fields);
            List<ParameterPlan> params = new ParameterReader(names).read(fields.get("params"));
            Topology topology =
                    fields.need("topology")
                            .map(new TopologyReader(names)::read)
                            .orElse(new Topology(List.of(), List.of()));
            var checkReader = new CheckReader(names, files);
            List<Check> checks = checkReader.checks(needItems(fields, "checks"));
            List<Prediction> predictions = checkReader.predictions(fields.items("predictions"));
            List<Mistake> mistakes = checkReader.mistakes(fields.items("mistakes"));
            int points =
                    checks.stream().mapToInt(Check::points).sum()
                            + predictions.stream().mapToInt(Prediction::points).sum();
            return new Lab(
                    id(fields),
                    fields.integer("revision", 1, 1_000_000),
                    about(fields),
                    stack(fields),
                    topology,
                    params,
                    new ParameterReader(names).variants(fields.get("variants")),
                    student(fields, checkReader),
                    fields.get("peers").map(names::peers),
                    checks,
                    mistakes,
                    predictions,
                    scoring(fields, points),
                    files);
        }
    }

    private static List<Element> needItems(Fields fields, String key) {
        return fields.need(key).map(Element::items).orElse(List.of());
    }

    private static void apiVersion(Fields fields) {
        Optional<Element> version = fields.need("apiVersion");
        if (version.isPresent() && !version.get().text("a version").equals(API_VERSION)) {
            version.get().problem("expected apiVersion: " + API_VERSION);
        }
    }

    private String id(Fields fields) {
        Optional<Element> element = fields.need("id");
        if (element.isEmpty()) return "";
        String id = element.get().text("an id");
        if (!id.matches("[a-z][a-z0-9-]{0,60}")) {
            element.get()
                    .problem("expected an id of small letters, digits and '-', not '" + id + "'");
        } else if (!id.equals(files.name())) {
            element.get()
                    .problem(
                            "expected the name of the folder, '"
                                    + files.name()
                                    + "', not '"
                                    + id
                                    + "'");
        }
        return id;
    }

    private Lab.About about(Fields fields) {
        var objectives = new ArrayList<LocalText>();
        for (Element item : fields.items("objectives")) objectives.add(names.text(item));
        return new Lab.About(
                fields.need("title").map(names::text).orElse(LocalText.NONE),
                objectives,
                fields.texts("topics"),
                fields.integer("level", 1, 4),
                fields.integer("minutes", 1, 600),
                fields.texts("after"));
    }

    private Stack stack(Fields fields) {
        Optional<Element> element = fields.need("stack");
        if (element.isEmpty()) return new Stack("linux", Map.of(), Limits.USUAL);
        try (Fields stack = element.get().fields("the stack, as in {profile: linux}")) {
            String profile =
                    stack.need("profile")
                            .map(e -> Fields.choice(e, "profile", TopologyReader.PROFILES))
                            .orElse("linux");
            return new Stack(
                    profile,
                    TopologyReader.sysctls(names, stack, "sysctl"),
                    stack.get("limits").map(LabReader::limits).orElse(Limits.USUAL));
        }
    }

    private static Limits limits(Element element) {
        try (Fields fields = element.fields("limits, as in {events: 5000, virtual: 300s}")) {
            int events = fields.integer("events", 1, 10_000_000, Limits.USUAL.events());
            Optional<Element> virtual = fields.get("virtual");
            if (virtual.isEmpty()) return new Limits(events, Limits.USUAL.virtualNanos());
            Optional<Long> nanos = Value.nanos(virtual.get().text("a time"));
            if (nanos.isEmpty()) virtual.get().problem("expected a time, as in 300s");
            return new Limits(events, nanos.orElse(Limits.USUAL.virtualNanos()));
        }
    }

    private Student student(Fields fields, CheckReader checks) {
        Optional<Element> element = fields.need("student");
        if (element.isEmpty()) {
            return new Student(
                    List.of(), List.of(), List.of(), List.of(), List.of(), Optional.empty());
        }
        try (Fields student = element.get().fields("what is in the student's hands")) {
            List<String> hosts =
                    student.has("hosts")
                            ? student.choices("hosts", List.copyOf(names.hosts()))
                            : List.copyOf(names.hosts());
            student.get("hosts");
            return new Student(
                    student.has("modes") ? student.choices("modes", MODES) : modes(student),
                    hosts,
                    student.choices("syscalls", CallNames.ALL),
                    student.choices("faults", FAULTS),
                    student.choices("clock", CLOCK),
                    student.get("starter").map(checks::file));
        }
    }

    private static List<String> modes(Fields student) {
        student.need("modes");
        return List.of();
    }

    private static Scoring scoring(Fields fields, int points) {
        Optional<Element> element = fields.need("scoring");
        if (element.isEmpty()) {
            return new Scoring(points, 0, 0, PAY.getFirst(), List.of(), true, "unlimited");
        }
        try (Fields scoring = element.get().fields("scoring, as in {total: 10}")) {
            int total = scoring.integer("total", 0, 100_000);
            if (scoring.has("total") && total != points) {
                scoring.get("total")
                        .ifPresent(e ->
                                e.problem(
                                        "expected "
                                                + points
                                                + ", which is what the checks and"
                                                + " predictions add up to, not "
                                                + total));
            }
            int starter = scoring.integer("starter", 0, 100_000, 0);
            boolean best = scoring.flag("best", true);
            String practice = scoring.choice("practice", PRACTICE);
            Optional<Element> attempts = scoring.get("attempts");
            if (attempts.isEmpty()) {
                return new Scoring(total, starter, 0, PAY.getFirst(), List.of(), best, practice);
            }
            try (Fields graded = attempts.get().fields("attempts, as in {graded: 6}")) {
                var schedule = new ArrayList<Integer>();
                for (Element item : graded.items("schedule")) {
                    schedule.add((int) item.integer(0, 100));
                }
                return new Scoring(
                        total,
                        starter,
                        graded.integer("graded", 0, 1000, 0),
                        graded.choice("pay", PAY),
                        schedule,
                        best,
                        practice);
            }
        }
    }
}
