package io.socketlab.lab.model;

import io.socketlab.lab.check.CallNames;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.Value;
import io.socketlab.lab.fault.DisturbanceReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads {@code lab.yaml}. Refuses a key it does not know, a value of the wrong type, and a name
 * that stands for nothing; tells all the mistakes of a file at once, each with its line and column.
 */
public final class LabReader {

    public static final String FILE = "lab.yaml";

    static final String ID = "[a-z][a-z0-9-]{0,60}";
    static final String API_VERSION = "socketlab/v1";
    static final List<String> MODES = List.of("bench", "script", "c");
    static final List<String> CLOCK = List.of("step", "run", "until", "back", "fork");
    static final List<String> FAULTS = DisturbanceReader.KINDS;

    private final LabFiles files;
    private final Names names = new Names();

    private final Set<String> others;

    private LabReader(LabFiles files, Set<String> others) {
        this.files = files;
        this.others = others;
    }

    /**
     * Reads the lab in a folder by itself.
     *
     * @throws LabException with all that is wrong with it
     */
    public static Lab read(LabFiles files) {
        return read(files, Set.of());
    }

    /**
     * Reads the lab in a folder.
     *
     * @param others the ids of the labs that can come before it; none if they are not known
     * @throws LabException with all that is wrong with it
     */
    public static Lab read(LabFiles files, Set<String> others) {
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
        Lab lab = new LabReader(files, others).lab(new Element(root.get(), problems));
        if (!problems.isEmpty()) throw problems.exception();
        return lab;
    }

    /**
     * The ids of the labs that the lab in a folder comes after, as far as its file can be read:
     * what is wrong with it is told where it is read itself.
     */
    public static List<String> after(LabFiles files) {
        String text = files.read(FILE).orElse("");
        return compose(text, new Problems(FILE, text))
                .map(node -> new Element(node, new Problems(FILE, text)))
                .filter(Element::isMapping)
                .map(root -> root.fields("a lab").texts("after"))
                .orElse(List.of());
    }

    /** Whether a lab, and its folder, can be called that. */
    public static boolean isId(String text) {
        return text.matches(ID);
    }

    private static Optional<Node> compose(String text, Problems problems) {
        try {
            LoadSettings settings = LoadSettings.builder().setUseMarks(true).build();
            Optional<Nesting.TooMuch> tooMuch = Nesting.in(settings, text);
            if (tooMuch.isPresent()) {
                var at = tooMuch.get();
                problems.add(at.line(), at.column(), at.message());
                return Optional.empty();
            }
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            Optional<Mark> mark = e.getProblemMark();
            problems.add(
                    mark.map(Mark::getLine).orElse(0),
                    mark.map(Mark::getColumn).orElse(0),
                    "this is not YAML: " + e.getProblem());
        } catch (ReaderException e) {
            problems.atCharacter(
                    e.getPosition(),
                    "expected characters that can be printed, found U+%04X"
                            .formatted(e.getCodePoint()));
        } catch (YamlEngineException e) {
            problems.add(0, 0, "this is not YAML: " + e.getMessage());
        }
        return Optional.empty();
    }

    private Lab lab(Element root) {
        try (Fields fields = root.fields("a lab")) {
            apiVersion(fields);
            String id = id(fields);
            List<ParameterPlan> params = new ParameterReader(names).read(fields.get("params"));
            Variants variants = new ParameterReader(names).variants(fields.get("variants"));
            draw(root, fields, new ParameterSpace(params, variants));
            Lab.About about = about(fields);
            Stack stack = stack(fields);
            names.limit(stack.limits());
            Topology topology =
                    fields.need("topology")
                            .map(new TopologyReader(names)::read)
                            .orElse(new Topology(List.of(), List.of(), List.of()));
            var checkReader = new CheckReader(names, files);
            List<Check> checks = checkReader.checks(needItems(fields, "checks"));
            List<Prediction> predictions = checkReader.predictions(fields.items("predictions"));
            List<Mistake> mistakes = checkReader.mistakes(fields.items("mistakes"));
            names.checkPredictions(checkReader.predictionIds());
            int points =
                    checks.stream().mapToInt(Check::points).sum()
                            + predictions.stream().mapToInt(Prediction::points).sum();
            return new Lab(
                    id,
                    fields.integer("revision", 1, 1_000_000),
                    about,
                    stack,
                    topology,
                    params,
                    variants,
                    student(fields, checkReader),
                    fields.get("peers").map(names::peers),
                    checks,
                    mistakes,
                    predictions,
                    new ScoringReader(points).read(fields),
                    files);
        }
    }

    /** Parameters that have a mistake of their own would only make others. */
    private void draw(Element root, Fields fields, ParameterSpace space) {
        if (!root.isSound()) return;
        Element params = fields.get("params").orElse(root);
        Element constraints =
                fields.get("variants")
                        .filter(Element::isMapping)
                        .flatMap(e -> e.fields("variants").get("constraints"))
                        .orElse(params);
        names.samples().draw(space, params, constraints);
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
        if (!isId(id)) {
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

    /** The title comes first: it says in which languages the lab is. */
    private Lab.About about(Fields fields) {
        LocalText title = fields.need("title").map(names::title).orElse(LocalText.NONE);
        var objectives = new ArrayList<LocalText>();
        fields.notEmpty("objectives", "one objective");
        fields.notEmpty("topics", "one topic");
        for (Element item : fields.items("objectives")) objectives.add(names.text(item));
        return new Lab.About(
                title,
                objectives,
                topics(fields),
                fields.integer("level", 1, 4),
                fields.integer("minutes", 1, 600),
                after(fields));
    }

    private static List<String> topics(Fields fields) {
        var topics = new ArrayList<String>();
        for (Element item : fields.items("topics")) {
            String topic = item.text("a topic, as in tcp.listen");
            if (topics.contains(topic)) item.problem("the topic '" + topic + "' is there already");
            topics.add(topic);
        }
        return topics;
    }

    private List<String> after(Fields fields) {
        var after = new ArrayList<String>();
        for (Element item : fields.items("after")) {
            String id = item.text("a lab's id");
            if (id.equals(files.name())) item.problem("expected another lab, not this one itself");
            else if (after.contains(id)) item.problem("the lab '" + id + "' is there already");
            else if (!others.isEmpty()) Names.known(item, "lab", id, others);
            after.add(id);
        }
        return after;
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
                    SysctlReader.read(names, stack),
                    stack.get("limits").map(LabReader::limits).orElse(Limits.USUAL));
        }
    }

    private static Limits limits(Element element) {
        try (Fields fields = element.fields("limits, as in {events: 5000, virtual: 300s}")) {
            int events = fields.integer("events", 1, 10_000_000, Limits.USUAL.events());
            Optional<Element> virtual = fields.get("virtual");
            if (virtual.isEmpty()) return new Limits(events, Limits.USUAL.virtualNanos());
            Optional<Long> nanos =
                    virtual.get().scalar("a time").flatMap(Value::nanos).filter(n -> n > 0);
            if (nanos.isEmpty() && virtual.get().isScalar()) {
                virtual.get().problem("expected a time, as in 300s");
            }
            return new Limits(events, nanos.orElse(Limits.USUAL.virtualNanos()));
        }
    }

    private Student student(Fields fields, CheckReader checks) {
        Optional<Element> element = fields.need("student");
        if (element.isEmpty()) {
            return new Student(
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    Map.of(),
                    Optional.empty(),
                    Map.of(),
                    false);
        }
        try (Fields student = element.get().fields("what is in the student's hands")) {
            student.notEmpty("hosts", "one host");
            student.notEmpty("modes", "one mode");
            List<String> hosts =
                    student.has("hosts")
                            ? student.choices("hosts", "host", List.copyOf(names.hosts()))
                            : List.copyOf(names.hosts());
            student.get("hosts");
            List<String> modes =
                    student.has("modes") ? student.choices("modes", "mode", MODES) : modes(student);
            if (!modes.contains("c")) onlyInC(student);
            return new Student(
                    modes,
                    hosts,
                    student.choices("syscalls", "call", CallNames.ALL),
                    student.choices("faults", "fault", FAULTS),
                    student.choices("clock", "way to let time pass", CLOCK),
                    programs(student, hosts),
                    student.get("starter").map(checks::file),
                    sources(student, hosts, checks),
                    student.flag("shared", false));
        }
    }

    private static void onlyInC(Fields student) {
        for (String key : List.of("programs", "sources")) {
            String message = "expected the mode c in 'modes' beside '" + key + "'";
            student.get(key).ifPresent(e -> e.problem(message));
        }
    }

    private Map<String, String> programs(Fields student, List<String> hosts) {
        var programs = new LinkedHashMap<String, String>();
        student.get("programs")
                .ifPresent(e ->
                        e.fields("arguments of programs, as in {server: \"{{port}}\"}")
                                .named()
                                .forEach((task, arguments) -> {
                                    String host = task.replaceFirst("\\.[0-9]+$", "");
                                    Names.known(arguments, "host", host, hosts);
                                    programs.put(task, names.template(arguments));
                                }));
        return programs;
    }

    private Map<String, List<String>> sources(
            Fields student, List<String> hosts, CheckReader checks) {
        var sources = new LinkedHashMap<String, List<String>>();
        student.get("sources")
                .ifPresent(e ->
                        e.fields("C files to begin with, as in {server: starter/server.c}")
                                .named()
                                .forEach((host, files) -> {
                                    Names.known(files, "host", host, hosts);
                                    sources.put(
                                            host,
                                            files.items().stream()
                                                    .map(file -> source(file, checks))
                                                    .toList());
                                }));
        return sources;
    }

    private String source(Element element, CheckReader checks) {
        String path = checks.file(element);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (!StarterSource.isName(name)) {
            element.problem(
                    "expected a file called like server.c or proto.h, with 31 letters, digits, _ and - at most; found "
                            + name);
        }
        files.read(path)
                .flatMap(StarterSource::mistake)
                .ifPresent(mistake -> element.problem(path + ": " + mistake));
        return path;
    }

    private static List<String> modes(Fields student) {
        student.need("modes");
        return List.of();
    }
}
