package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A course as its teacher makes it in the pages, and people who come in by their links. */
public final class TeachersCourse {

    private static final Pattern LINK = Pattern.compile("/join/[0-9a-f-]+\\.[A-Za-z0-9_-]+");

    private final int port;
    private final Visitor teacher;
    private final String path;

    private TeachersCourse(int port, Visitor teacher, String path) {
        this.port = port;
        this.teacher = teacher;
        this.path = path;
    }

    /** One of a teacher of its own. */
    public static TeachersCourse make(int port) {
        return make(port, Visitor.member(port, "Grace"));
    }

    public static TeachersCourse make(int port, Visitor teacher) {
        var made =
                teacher.post(
                        "/courses",
                        "/courses",
                        Map.of("title", "Networks", "term", "spring", "zone", "UTC"));
        return new TeachersCourse(port, teacher, Visitor.location(made));
    }

    /** The same with another teacher. */
    public TeachersCourse of(Visitor other) {
        return new TeachersCourse(port, other, path);
    }

    public Visitor teacher() {
        return teacher;
    }

    /** {@code /courses/…} */
    public String path() {
        return path;
    }

    /** An assignment that students see; answers its path. */
    public String assignment(String lab) {
        return assignment(lab, Map.of());
    }

    /**
     * The same with other terms.
     *
     * @param terms fields of its form
     */
    public String assignment(String lab, Map<String, String> terms) {
        String page =
                Visitor.location(teacher.post(path + "/assignments", path, Map.of("lab", lab)));
        var fields =
                new HashMap<>(
                        Map.of("title", lab, "points", "20", "published", "true", "pay", "best"));
        fields.putAll(terms);
        var saved = teacher.post(page, page, fields);
        assertThat(saved.statusCode()).as(saved.body()).isEqualTo(302);
        return page.replaceFirst("/terms$", "");
    }

    /** A link by which people come in with a role; answers its path. */
    public String link(String role) {
        teacher.post(path + "/invitations", path + "/people", Map.of("role", role));
        Matcher link = LINK.matcher(teacher.get(path + "/people").body());
        assertThat(link.find()).isTrue();
        return link.group();
    }

    /** Somebody new who is a student. */
    public Visitor student(String name) {
        return join(Visitor.member(port, name), "student");
    }

    public Visitor join(Visitor somebody, String role) {
        String link = link(role);
        var joined = somebody.post(link, link, Map.of());
        assertThat(Visitor.location(joined)).isEqualTo(path);
        return somebody;
    }

    /** Somebody begins to work on an assignment; answers the path of the run. */
    public static String begin(Visitor somebody, String assignment) {
        return Visitor.location(somebody.post(assignment + "/runs", assignment, Map.of()));
    }

    /** Types lines at the bench of a run. */
    public static void type(Visitor somebody, String run, String... lines) {
        int port = somebody.uri("/").getPort();
        try (Browser browser = Browser.open(port, run, somebody.cookie(), 0)) {
            browser.awaitMessage("hello");
            int n = 0;
            for (String line : lines) browser.input("line-" + n++ + "-" + line.hashCode(), line);
        }
    }

    /** Hands a run in; answers the path of its result. */
    public static String handIn(Visitor somebody, String run) {
        return Visitor.location(somebody.post(run + "/submissions", run, Map.of()));
    }
}
