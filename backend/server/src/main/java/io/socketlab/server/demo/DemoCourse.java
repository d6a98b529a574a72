package io.socketlab.server.demo;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.lab.model.Prediction;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * With {@code --socketlab.demo=true}: a course with a class that is in the middle of its work, made
 * by signing up, typing at benches and asking REST as anybody does. The teacher's password is drawn
 * and written to the log once; a server that has the course already is left as it is.
 */
@Component
@ConditionalOnProperty("socketlab.demo")
class DemoCourse {

    private static final Logger LOG = LoggerFactory.getLogger(DemoCourse.class);
    private static final String TEACHER = "teacher@demo.example";
    private static final int PASSWORD_OCTETS = 12;
    private static final List<String> NAMES =
            List.of(
                    "Ada Lovelace",
                    "Alan Turing",
                    "Barbara Liskov",
                    "Donald Davies",
                    "Edsger Dijkstra",
                    "Elizabeth Feinler",
                    "Jon Postel",
                    "Joyce Reynolds",
                    "Paul Baran",
                    "Radia Perlman",
                    "Sally Floyd",
                    "Van Jacobson");

    /** What is to be done, and in how many days it is due. */
    private static final Map<String, Integer> LABS = labs();

    private static Map<String, Integer> labs() {
        var labs = new LinkedHashMap<String, Integer>();
        labs.put("c1-handshake", -2);
        labs.put("b1-where-are-my-bytes", 3);
        labs.put("c5-goodbye", 10);
        return labs;
    }

    private final Environment environment;
    private final LabCatalogue catalogue;
    private final JdbcClient jdbc;
    private final Clock clock;

    DemoCourse(Environment environment, LabCatalogue catalogue, JdbcClient jdbc, Clock clock) {
        this.environment = environment;
        this.catalogue = catalogue;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        boolean there =
                jdbc.sql("select count(*) from account where login = ?")
                                .param(TEACHER)
                                .query(Integer.class)
                                .single()
                        > 0;
        if (there) {
            LOG.info("the demo course is there already");
            return;
        }
        Thread.ofPlatform().daemon().name("demo-course").start(this::make);
    }

    private void make() {
        try {
            String base =
                    "http://localhost:" + environment.getRequiredProperty("local.server.port");
            String password = password();
            DemoPerson teacher = DemoPerson.signUp(base, "Grace Hopper", TEACHER, password);
            teacher.makeToken();
            String course = course(teacher);
            String code = invitation(teacher, course);
            for (int i = 0; i < NAMES.size(); i++) {
                student(base, password, course, code, i);
            }
            LOG.info(
                    "the demo course is at {}/courses/{}: sign in as {} with {}; students as {} with the same",
                    base,
                    course,
                    TEACHER,
                    password,
                    login(NAMES.getFirst()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("the demo course could not be made", e);
        }
    }

    private static String password() {
        byte[] octets = new byte[PASSWORD_OCTETS];
        new SecureRandom().nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private String course(DemoPerson teacher) throws InterruptedException {
        JsonNode made =
                teacher.rest(
                        "POST",
                        "/courses",
                        Map.of("title", "Demo: computer networks", "term", "", "zone", "UTC"));
        String course = made.path("id").asString();
        var roster = new StringBuilder("name,email,id,section\n");
        for (int i = 0; i < NAMES.size(); i++) {
            roster.append(NAMES.get(i))
                    .append(',')
                    .append(login(NAMES.get(i)))
                    .append(',')
                    .append(1001 + i)
                    .append(',')
                    .append(i % 2 == 0 ? "A" : "B")
                    .append('\n');
        }
        teacher.rest("POST", "/courses/" + course + "/roster", roster.toString());
        for (Map.Entry<String, Integer> lab : LABS.entrySet()) {
            assign(teacher, course, lab.getKey(), lab.getValue());
        }
        return course;
    }

    private void assign(DemoPerson teacher, String course, String lab, int days)
            throws InterruptedException {
        String path = "/courses/" + course + "/assignments";
        JsonNode made = teacher.rest("POST", path, Map.of("lab", lab));
        Instant due = clock.instant().plus(Duration.ofDays(days));
        var terms = (ObjectNode) made.path("terms");
        terms.put("published", true);
        terms.put("due", due.toString());
        terms.put("late", due.plus(Duration.ofDays(7)).toString());
        terms.put("latePercent", 50);
        teacher.rest("PUT", path + "/" + made.path("id").asString(), terms);
    }

    private static String invitation(DemoPerson teacher, String course)
            throws InterruptedException {
        return teacher.rest(
                        "POST",
                        "/courses/" + course + "/invitations",
                        Map.of("role", "student", "section", "", "days", 30))
                .path("code")
                .asString();
    }

    private static String login(String name) {
        return name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@demo.example";
    }

    private void student(String base, String password, String course, String code, int i)
            throws InterruptedException {
        String name = NAMES.get(i);
        DemoPerson student = DemoPerson.signUp(base, name, login(name), password);
        student.makeToken();
        student.rest("POST", "/joins", Map.of("code", code));
        JsonNode assignments = student.rest("GET", "/courses/" + course + "/assignments", "");
        int n = 0;
        for (JsonNode assignment : assignments) {
            work(student, course, assignment, i + 5 * n++);
        }
    }

    /** Some have not begun, some are in the middle, some were wrong first, and some were right. */
    private void work(DemoPerson student, String course, JsonNode assignment, int how)
            throws InterruptedException {
        Lab lab = catalogue.find(assignment.path("lab").asString()).orElseThrow();
        String page = "/courses/" + course + "/assignments/" + assignment.path("id").asString();
        switch (how % 6) {
            case 0 -> {}
            case 1 -> attempt(student, page, lab, "solution", true, false);
            case 2 -> attempt(student, page, lab, "mutants", false, true);
            case 3 -> {
                attempt(student, page, lab, "mutants", false, true);
                attempt(student, page, lab, "solution", false, true);
            }
            default -> attempt(student, page, lab, "solution", false, true);
        }
    }

    /** A line of a script as one types it, without what it is to return. */
    private static String typed(String line) {
        if (line.equals("quiet()")) return "run";
        if (line.startsWith("predict("))
            return line.replaceFirst("predict\\((\\w+)\\) = ", "predict $1 ");
        return line.replaceFirst("\\) = -?\\w.*$", ")");
    }

    private void attempt(
            DemoPerson student, String page, Lab lab, String folder, boolean half, boolean handsIn)
            throws InterruptedException {
        String run = student.post(page + "/runs?anew=true", page, Map.of());
        long seed =
                student.rest("GET", "/attempts/" + run.replaceFirst(".*/", ""), Map.of())
                        .path("seed")
                        .asLong();
        Optional<String> script =
                lab.files().list(folder).stream()
                        .filter(file -> file.endsWith(".pkt"))
                        // the plain one where there is one: it is typed as it stands
                        .min(Comparator.comparing((String file) -> !file.endsWith("/plain.pkt")))
                        .flatMap(file -> lab.file(file, seed));
        List<String> lines =
                new ArrayList<>(
                        script.orElse("")
                                .lines()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty() && !line.startsWith("//"))
                                .map(DemoCourse::typed)
                                .toList());
        // it is known by heart, and nobody is there to be asked on the way
        for (Prediction p : lab.predictions()) {
            String answer = "predict " + p.id() + " ";
            boolean said = lines.stream().anyMatch(line -> line.startsWith(answer));
            if (p.halts() && !said) lines.addFirst("skip " + p.id());
        }
        student.type(run, half ? lines.subList(0, lines.size() / 2) : lines);
        if (handsIn) student.post(run + "/submissions", run, Map.of());
    }
}
