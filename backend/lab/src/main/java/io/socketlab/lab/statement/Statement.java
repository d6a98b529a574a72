package io.socketlab.lab.statement;

import io.socketlab.lab.expr.Parameters;
import io.socketlab.lab.model.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/**
 * The text of a lab in one language: Markdown in which {@code {{parameter}}} stands for its value
 * and a list item that begins with {@code [task](check,check)} is a task, fulfilled when those
 * checks pass.
 */
public final class Statement {

    private static final Pattern TASK = Pattern.compile("\\[task\\]\\(([^)\\n]*)\\)");
    private static final List<TablesExtension> EXTENSIONS =
            List.of((TablesExtension) TablesExtension.create());
    private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder()
                    .extensions(EXTENSIONS)
                    .escapeHtml(true)
                    .sanitizeUrls(true)
                    .attributeProviderFactory(_ -> new TaskAttributes())
                    .attributeProviderFactory(_ -> new ScrollAttributes())
                    .build();

    private final String file;
    private final String markdown;

    private Statement(String file, String markdown) {
        this.file = file;
        this.markdown = markdown;
    }

    /** The statement in a language, or else in English; empty if the lab has none. */
    public static Optional<Statement> of(Lab lab, String locale) {
        return read(lab, "statement." + locale + ".md").or(() -> read(lab, "statement.en.md"));
    }

    /** All there are. */
    public static List<Statement> all(Lab lab) {
        return lab.files().list("").stream()
                .filter(path -> path.matches("statement\\.[A-Za-z-]+\\.md"))
                .map(path -> read(lab, path))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Statement> read(Lab lab, String path) {
        return lab.files().read(path).map(text -> new Statement(path, text));
    }

    public String file() {
        return file;
    }

    /**
     * One that is still being written.
     *
     * @param file its name, {@code statement.en.md}
     */
    public static Statement of(String file, String markdown) {
        return new Statement(file, markdown);
    }

    /**
     * HTML that is safe to put into a page, with these parameters filled in.
     *
     * @param images where the images of the lab's folder are to be had, {@code /labs/c1/images/1}
     */
    public String html(Parameters parameters, String images) {
        return rendered(parameters.fill(markdown), images);
    }

    /** The same without parameters: they stand in it as they are written. */
    public String htmlAsWritten(String images) {
        return rendered(markdown, images);
    }

    private static String rendered(String filled, String images) {
        // As a link its destination cannot have spaces.
        String tasks =
                TASK.matcher(filled).replaceAll(m -> "[task](" + m.group(1).replace(" ", "") + ")");
        Node document = PARSER.parse(tasks);
        document.accept(new TaskFinder());
        document.accept(new ImageFinder(images));
        return RENDERER.render(document);
    }

    /**
     * A task.
     *
     * @param offset where it stands in the text
     * @param checks that it names
     */
    record Task(int offset, List<Named> checks) {
        Task {
            checks = List.copyOf(checks);
        }
    }

    /**
     * A check or a prediction that a task names.
     *
     * @param offset where it stands in the text
     */
    record Named(String id, int offset) {}

    List<Task> tasks() {
        var tasks = new ArrayList<Task>();
        Matcher m = TASK.matcher(markdown);
        while (m.find()) {
            var checks = new ArrayList<Named>();
            int at = m.start(1);
            for (String word : m.group(1).split(",", -1)) {
                int blank = word.length() - word.stripLeading().length();
                checks.add(new Named(word.strip(), at + blank));
                at += word.length() + 1;
            }
            tasks.add(new Task(m.start(), checks));
        }
        return tasks;
    }

    /** The text as it was written. */
    public String markdown() {
        return markdown;
    }

    /** Of its file's name. */
    String locale() {
        return file.substring("statement.".length(), file.length() - ".md".length());
    }
}
