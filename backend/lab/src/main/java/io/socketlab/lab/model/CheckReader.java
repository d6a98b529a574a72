package io.socketlab.lab.model;

import io.socketlab.kernel.trace.Rule;
import io.socketlab.lab.check.Assertion;
import io.socketlab.lab.expr.LocalText;
import io.socketlab.lab.expr.SyntaxException;
import io.socketlab.lab.model.Check.Feedback;
import io.socketlab.lab.model.Check.Hint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads checks, mistakes and predictions. */
final class CheckReader {

    static final String ID = "[a-z][a-z0-9-]{0,40}";
    static final List<String> VISIBILITIES = List.of("always", "count-only", "after-due", "never");
    static final List<String> SEVERITIES = List.of("error", "warn");
    static final List<String> PAY = List.of("partial", "all-or-nothing");
    static final List<String> RULES = Arrays.stream(Rule.values()).map(Rule::id).toList();

    private final Names names;
    private final AssertionReader assertions;
    private final LabFiles files;

    /** Of checks and predictions: what earns points. */
    private final Set<String> gradedIds = new LinkedHashSet<>();

    /** Of the predictions that are asked, also where the rest of one cannot be read. */
    private final Set<String> predictionIds = new LinkedHashSet<>();

    private final Set<String> mistakeIds = new HashSet<>();
    private final Set<LocalText> titles = new HashSet<>();

    CheckReader(Names names, LabFiles files) {
        this.names = names;
        this.assertions = new AssertionReader(names);
        this.files = files;
    }

    List<Check> checks(List<Element> elements) {
        return elements.stream().map(this::check).toList();
    }

    private Check check(Element element) {
        try (Fields fields = element.fields("a check")) {
            String id = id(fields, gradedIds);
            Optional<Assertion> requires = fields.get("requires").map(assertions::readOrCondition);
            Assertion assertion =
                    fields.need("assert")
                            .map(assertions::read)
                            .orElse(new Assertion.All(List.of()));
            if (requires.isEmpty() && fields.has("assert") && isVacuous(assertion)) {
                element.problem(
                        "expected 'requires' beside this 'assert': a run in which nothing happens"
                                + " fulfils it");
            }
            return new Check(
                    id,
                    title(fields),
                    fields.integer("points", 0, 1000),
                    Check.Visibility.valueOf(
                            fields.choice("visibility", VISIBILITIES)
                                    .toUpperCase(Locale.ROOT)
                                    .replace('-', '_')),
                    fields.integer("layer", 1, 20, 1),
                    fields.get("rule").map(CheckReader::rule),
                    requires,
                    assertion,
                    feedback(fields),
                    hints(fields),
                    fields.texts("tags"),
                    fields.choice("pay", PAY).equals("partial"));
        }
    }

    private static boolean isVacuous(Assertion assertion) {
        boolean unreadable = assertion instanceof Assertion.All(var parts) && parts.isEmpty();
        return !unreadable && Assertion.isVacuous(assertion);
    }

    private static String id(Fields fields, Set<String> taken) {
        Optional<Element> element = fields.need("id");
        if (element.isEmpty()) return "";
        String id = element.get().text("an id");
        if (!taken.add(id)) {
            element.get().problem("the id '" + id + "' is taken already");
        } else if (!id.matches(ID)) {
            element.get()
                    .problem("expected an id of small letters, digits and '-', not '" + id + "'");
        }
        return id;
    }

    /** Students tell checks apart by them. */
    private LocalText title(Fields fields) {
        LocalText title = text(fields, "title");
        if (!title.equals(LocalText.NONE) && !titles.add(title)) {
            fields.need("title").ifPresent(e -> e.problem("another check has this title already"));
        }
        return title;
    }

    private LocalText text(Fields fields, String key) {
        return fields.need(key).map(names::text).orElse(LocalText.NONE);
    }

    static String rule(Element element) {
        String rule = element.text("a rule of the catalogue");
        if (!RULES.contains(rule)) {
            element.problem(
                    String.valueOf(SyntaxException.unknown(0, "rule", rule, RULES).getMessage()));
        }
        return rule;
    }

    /** A check that fails without a word teaches nothing. */
    private Feedback feedback(Fields fields) {
        Optional<Element> element = fields.need("feedback");
        if (element.isEmpty()) return new Feedback(LocalText.NONE, LocalText.NONE);
        try (Fields texts = element.get().fields("feedback, as in {fail: …, not_exercised: …}")) {
            if (fields.has("requires")) texts.need("not_exercised");
            return new Feedback(
                    texts.need("fail").map(names::feedback).orElse(LocalText.NONE),
                    texts.get("not_exercised").map(names::feedback).orElse(LocalText.NONE));
        }
    }

    private List<Hint> hints(Fields fields) {
        var hints = new ArrayList<Hint>();
        for (Element item : fields.items("hints")) {
            Hint hint = hint(item);
            if (hints.contains(hint)) item.problem("this hint is there already");
            hints.add(hint);
        }
        return hints;
    }

    private Hint hint(Element element) {
        if (element.isScalar()) return new Hint.Text(names.text(element));
        try (Fields keys = element.fields("a hint, as in {en: …}")) {
            Optional<Element> contrast = keys.get("contrast");
            Optional<Element> snippet = keys.get("snippet");
            if (contrast.isPresent()) {
                if (!keys.flag("contrast", true)) {
                    contrast.get().problem("expected true, or no such hint");
                }
                return new Hint.Contrast();
            }
            if (snippet.isPresent()) return new Hint.Snippet(file(snippet.get()));
            return new Hint.Text(names.byLanguage(element, keys));
        }
    }

    /** A file of the lab's folder; reports it if it is not there. */
    String file(Element element) {
        String path = element.text("a file of this folder");
        if (element.isScalar() && files.read(path).isEmpty()) {
            String folder = path.contains("/") ? path.substring(0, path.lastIndexOf('/')) : "";
            element.problem(
                    SyntaxException.unknown(0, "file", path, files.list(folder)).getMessage()
                            + " (there is no such file in "
                            + files.name()
                            + ")");
        }
        return path;
    }

    // ---- mistakes and predictions
    // -----------------------------------------------------------------

    List<Mistake> mistakes(List<Element> elements) {
        return elements.stream().map(this::mistake).toList();
    }

    private Mistake mistake(Element element) {
        try (Fields fields = element.fields("a mistake")) {
            var fails = new ArrayList<String>();
            for (Element item : fields.items("fails")) {
                String id = failing(item);
                if (fails.contains(id)) item.problem("'" + id + "' is there already");
                fails.add(id);
            }
            List<Element> mutants = fields.items("mutant");
            if (!mutants.isEmpty() && fails.isEmpty()) {
                element.problem("expected 'fails' beside 'mutant': the checks that it fails");
            }
            if (mutants.isEmpty() && !fails.isEmpty()) {
                element.problem("expected 'mutant' beside 'fails': the script that fails them");
            }
            return new Mistake(
                    id(fields, mistakeIds),
                    fields.need("when")
                            .map(assertions::readOrCondition)
                            .orElse(new Assertion.All(List.of())),
                    fields.need("say").map(names::feedback).orElse(LocalText.NONE),
                    Mistake.Severity.valueOf(
                            fields.choice("severity", SEVERITIES).toUpperCase(Locale.ROOT)),
                    mutants.stream().map(this::mutant).toList(),
                    fails,
                    fields.get("cap").map(e -> (int) e.integer(0, 100)));
        }
    }

    private String mutant(Element element) {
        String path = file(element);
        if (element.isScalar() && !path.matches("mutants/[^/]+\\.pkt")) {
            element.problem("expected a script of mutants/, as in mutants/forgot_to_close.pkt");
        }
        return path;
    }

    Set<String> predictionIds() {
        return predictionIds;
    }

    private String failing(Element element) {
        String id = element.text("a check's id");
        if (!gradedIds.contains(id)) {
            element.problem(
                    String.valueOf(
                            SyntaxException.unknown(0, "check", id, gradedIds).getMessage()));
        }
        return id;
    }

    List<Prediction> predictions(List<Element> elements) {
        var reader = new PredictionReader(names);
        var predictions = new ArrayList<Prediction>();
        for (Element element : elements) {
            try (Fields fields = element.fields("a prediction")) {
                String id = id(fields, gradedIds);
                predictionIds.add(id);
                LocalText ask = text(fields, "ask");
                int points = fields.integer("points", 0, 1000);
                reader.read(element, fields)
                        .ifPresent(q -> predictions.add(new Prediction(id, ask, q, points)));
            }
        }
        return predictions;
    }
}
