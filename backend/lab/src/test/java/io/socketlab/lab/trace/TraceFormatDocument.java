package io.socketlab.lab.trace;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import io.socketlab.kernel.trace.TcbVariable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Name;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Makes {@code docs/trace-format.md} of the records of {@code TraceEvent} and what their Javadoc
 * says.
 */
final class TraceFormatDocument {

    private static final Path SOURCES =
            Path.of("../kernel/src/main/java/io/socketlab/kernel/trace");
    private static final Pattern SECTION = Pattern.compile("// ---- ([A-Za-z][^\n]*?)( -+)?\n");

    private static final Map<String, String> JSON_TYPES =
            Map.of(
                    "int", "number",
                    "long", "number",
                    "boolean", "true or false",
                    "String", "string",
                    "Endpoint", "string, `10.0.0.1:40000`",
                    "byte[]", "string, base64",
                    "TcbValues", "object, see below",
                    "DropReason", "string, see below");

    private final DocTrees docs;
    private final CompilationUnitTree unit;
    private final String source;

    private TraceFormatDocument(DocTrees docs, CompilationUnitTree unit, String source) {
        this.docs = docs;
        this.unit = unit;
        this.source = source;
    }

    static String make() {
        var text = new StringBuilder();
        text.append(
                """
                # The trace format

                A run's trace is text in UTF-8: JSON lines, one event a line, in order. This page is made of the records of
                `TraceEvent` and of their Javadoc; a test keeps it current.

                Every event begins with these:

                | key | | |
                | --- | --- | --- |
                | `type` | string | the kind of event: a heading below |
                """);
        parse("Stamp").stamp(text);
        text.append(
                """

                Then come its own, in the order of its table. What is marked *may be missing* is left out when there is none;
                so is an array without elements.
                `traceHash` is the SHA-256, in hexadecimal, of all lines, each with its `\\n`.

                """);
        parse("TraceEvent").events(text);
        text.append("\n## Parts of events\n");
        for (String part : List.of("SequenceRange", "Looked", "Watched")) {
            parse(part).part(text);
        }
        variables(text);
        parse("DropReason").reasons(text);
        return text.toString();
    }

    private static TraceFormatDocument parse(String name) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        Path file = SOURCES.resolve(name + ".java");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var task =
                    (JavacTask)
                            compiler.getTask(
                                    null, files, null, null, null, files.getJavaFileObjects(file));
            CompilationUnitTree unit = task.parse().iterator().next();
            return new TraceFormatDocument(DocTrees.instance(task), unit, Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stamp(StringBuilder text) {
        Map<TreePath, ClassTree> records = types(Tree.Kind.RECORD);
        records.forEach((path, record) -> rows(text, record, parameters(path)));
    }

    private void events(StringBuilder text) {
        text.append(typeBody()).append('\n');
        Map<Long, String> sections = sections();
        long reached = 0;
        for (var entry : types(Tree.Kind.RECORD).entrySet()) {
            long at = docs.getSourcePositions().getStartPosition(unit, entry.getValue());
            for (var section : sections.entrySet()) {
                if (section.getKey() > reached && section.getKey() < at) {
                    text.append("\n## ").append(title(section.getValue())).append('\n');
                }
            }
            reached = at;
            event(text, entry.getKey(), entry.getValue());
        }
    }

    private void part(StringBuilder text) {
        types(Tree.Kind.RECORD).forEach((path, record) -> event(text, path, record));
    }

    private void event(StringBuilder text, TreePath path, ClassTree record) {
        text.append("\n### ").append(record.getSimpleName()).append("\n\n");
        String body = body(path);
        if (!body.isEmpty()) text.append(body).append("\n\n");
        if (components(record).size() < 2) return;
        text.append("| key | | |\n| --- | --- | --- |\n");
        rows(text, record, parameters(path));
    }

    private void rows(StringBuilder text, ClassTree record, Map<String, String> parameters) {
        for (VariableTree component : components(record)) {
            String type = component.getType().toString();
            if (type.endsWith("Stamp")) continue;
            String meaning = parameters.getOrDefault(component.getName().toString(), "");
            boolean nullable =
                    type.contains("@Nullable")
                            || component.getModifiers().toString().contains("@Nullable");
            String json = json(type.replaceAll("@Nullable ?", "").strip().replace(" ", ""));
            text.append("| `")
                    .append(component.getName())
                    .append("` | ")
                    .append(json)
                    .append(" | ");
            text.append(meaning)
                    .append(
                            nullable
                                    ? meaning.isEmpty() ? "*may be missing*" : "; *may be missing*"
                                    : "");
            text.append(" |\n");
        }
    }

    private static String json(String type) {
        if (!type.startsWith("List<")) return JSON_TYPES.getOrDefault(type, "string");
        String part = type.substring("List<".length(), type.length() - 1);
        return "array of [%s](#%s)".formatted(part, part.toLowerCase(Locale.ROOT));
    }

    private static void variables(StringBuilder text) {
        text.append("\n## Variables of a connection\n\n")
                .append(parse("TcbValues").typeBody())
                .append('\n');
        text.append("\n| key | |\n| --- | --- |\n");
        for (TcbVariable v : TcbVariable.values()) {
            text.append("| `%s` | %s |\n".formatted(v.traceName(), v.meaning()));
        }
    }

    private void reasons(StringBuilder text) {
        text.append("\n## Reasons to drop a packet\n\n| reason | |\n| --- | --- |");
        constants(
                (name, said) ->
                        text.append("| `").append(name).append("` | ").append(said).append(" |\n"),
                text);
    }

    private void constants(BiConsumer<String, String> constant, StringBuilder text) {
        text.append('\n');
        Matcher m = Pattern.compile("([A-Z][A-Z0-9_]*)\\(\\s*\"([^\"]*)\"").matcher(source);
        while (m.find()) constant.accept(m.group(1), m.group(2));
    }

    private String typeBody() {
        return body(new TreePath(new TreePath(unit), unit.getTypeDecls().getFirst()));
    }

    private Map<Long, String> sections() {
        Map<Long, String> sections = new LinkedHashMap<>();
        Matcher m = SECTION.matcher(source);
        while (m.find()) sections.put((long) m.start(), m.group(1));
        return sections;
    }

    private static String title(String section) {
        return Character.toUpperCase(section.charAt(0)) + section.substring(1);
    }

    private Map<TreePath, ClassTree> types(Tree.Kind kind) {
        Map<TreePath, ClassTree> found = new LinkedHashMap<>();
        new TreePathScanner<Void, Void>() {
            @Override
            public Void visitClass(ClassTree tree, Void p) {
                if (tree.getKind() == kind) found.put(getCurrentPath(), tree);
                return super.visitClass(tree, null);
            }
        }.scan(unit, null);
        return found;
    }

    private static List<VariableTree> components(ClassTree record) {
        return record.getMembers().stream()
                .filter(VariableTree.class::isInstance)
                .map(VariableTree.class::cast)
                .filter(v ->
                        !v.getModifiers()
                                .getFlags()
                                .contains(javax.lang.model.element.Modifier.STATIC))
                .toList();
    }

    private String body(TreePath path) {
        DocCommentTree comment = docs.getDocCommentTree(path);
        return comment == null ? "" : markdown(comment.getFullBody());
    }

    private Map<String, String> parameters(TreePath path) {
        Map<String, String> meanings = new HashMap<>();
        DocCommentTree comment = docs.getDocCommentTree(path);
        if (comment == null) return meanings;
        for (DocTree tag : comment.getBlockTags()) {
            if (tag instanceof ParamTree parameter) {
                Name name = parameter.getName().getName();
                meanings.put(
                        name.toString(), markdown(parameter.getDescription()).replace("\n", " "));
            }
        }
        return meanings;
    }

    private static String markdown(List<? extends DocTree> trees) {
        String text = trees.stream().map(DocTree::toString).collect(Collectors.joining());
        return text.replaceAll("\\{@code ([^}]*)}", "`$1`")
                .replaceAll("\\{@link ([^}]*)}", "`$1`")
                .replaceAll("\\s*\\n?<p>\\s*", "\n\n")
                .replaceAll("[ \\t]*\\n[ \\t]*", "\n")
                .strip();
    }
}
