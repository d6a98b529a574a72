package io.socketlab.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every route below a course, tried as everybody: as nobody, as a stranger, and in each role. A
 * route that is not in {@link CourseRoutes} fails, so that none is forgotten.
 */
@Execution(ExecutionMode.CONCURRENT)
@ServerTest
class PermissionMatrixTest {

    private static final String UNSIGNED = "unsigned";
    private static final String STRANGER = "stranger";
    private static final List<String> ROLES =
            List.of("student", "assistant", "instructor", "owner");

    @LocalServerPort int port;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping mappings;

    private final Map<String, Visitor> people = new TreeMap<>();
    private String course;
    private String assignment;

    @BeforeEach
    void begin() {
        TeachersCourse matrix = TeachersCourse.make(port);
        course = matrix.path();
        assignment = matrix.assignment("c1-handshake").replaceFirst(".*/", "");
        for (String role : ROLES) {
            people.put(
                    role,
                    role.equals("owner")
                            ? matrix.teacher()
                            : matrix.join(Visitor.member(port, role), role));
        }
        people.put(STRANGER, Visitor.member(port, "Stranger"));
        people.put(UNSIGNED, new Visitor(port));
    }

    /** A route with all of its path variables called what they stand for. */
    private record Route(String method, String pattern) {

        /** By what the table calls it. */
        String name() {
            return method + " " + pattern.replaceFirst("^/api/v1", "");
        }

        boolean isRest() {
            return pattern.startsWith("/api/");
        }
    }

    private List<Route> routes() {
        var routes = new ArrayList<Route>();
        mappings.getHandlerMethods()
                .forEach((info, _) -> {
                    for (String pattern : info.getPatternValues()) {
                        if (!pattern.matches("(/api/v1)?/courses/\\{.*")) continue;
                        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                            routes.add(new Route(method.name(), RequestExamples.named(pattern)));
                        }
                    }
                });
        return routes;
    }

    @Test
    void everyRouteOfACourseIsInTheTable() {
        var known = new TreeSet<>(CourseRoutes.LEAST.keySet());
        var there = new TreeSet<String>();
        routes().forEach(route -> there.add(route.name()));
        assertThat(there).containsExactlyElementsOf(known);
    }

    private List<Route> inOrder() {
        return routes().stream()
                .sorted((x, y) -> Boolean.compare(endsTheCourse(x), endsTheCourse(y)))
                .toList();
    }

    @Test
    void eachIsForItsRoleAndThoseAboveAlone() {
        List<Route> routes = inOrder();
        var wrong = new ArrayList<String>();
        for (Route route : routes) {
            for (String who :
                    List.of(UNSIGNED, STRANGER, "student", "assistant", "instructor", "owner")) {
                String expected = expected(route, who);
                String answer = answer(route, who);
                if (!answer.equals(expected)) {
                    wrong.add(route + " as " + who + ": " + answer + ", not " + expected);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The owner of both courses, with a token of the other one. */
    @Test
    void aTokenOfAnotherCourseIsGoodForNoRouteOfThisOne() {
        Visitor owner = people.get("owner");
        String other =
                Visitor.location(
                        owner.post(
                                "/courses",
                                "/courses",
                                Map.of("title", "Other", "term", "", "zone", "UTC")));
        String scopes = "read,grade,author";
        String foreign = owner.token(scopes, other.replaceFirst(".*/", ""));
        String own = owner.token(scopes, course.replaceFirst(".*/", ""));
        var wrong = new ArrayList<String>();
        for (Route route : inOrder()) {
            if (!route.isRest()) continue;
            String bound = bearing(route, foreign);
            if (!bound.equals("bound-token")) wrong.add(route + " of the other: " + bound);
            // a copy is another course
            boolean leadsOut = route.name().endsWith("/copies");
            if (bearing(route, own).equals("bound-token") != leadsOut)
                wrong.add(route + " of its own");
        }
        assertThat(wrong).isEmpty();
    }

    /** What a route answers to a token: a type of problem, or the status. */
    private String bearing(Route route, String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(people.get(UNSIGNED).uri(path(route)))
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", RequestExamples.type(route.pattern()))
                        .method(
                                route.method(),
                                BodyPublishers.ofString(
                                        RequestExamples.json(
                                                port, route.method(), route.pattern())));
        HttpResponse<String> response = people.get(UNSIGNED).send(request.build());
        if (response.statusCode() < 400) return Integer.toString(response.statusCode());
        JsonNode problem = Program.JSON.readTree(response.body());
        return problem.path("type").asString().replaceFirst("/problems/", "");
    }

    /** Whatever else there is, by whether a token that is bound may come near it. */
    @Test
    void aTokenOfACourseIsGoodForNothingThatIsNoCourses() {
        Visitor owner = people.get("owner");
        String token = owner.token("read,grade,author", course.replaceFirst(".*/", ""));
        var open = new TreeSet<String>();
        mappings.getHandlerMethods()
                .forEach((info, _) -> {
                    for (String pattern : info.getPatternValues()) {
                        if (!pattern.startsWith("/api/v1/")
                                || pattern.matches(".*/courses/\\{.*")) {
                            continue;
                        }
                        for (RequestMethod method : info.getMethodsCondition().getMethods()) {
                            var route = new Route(method.name(), pattern);
                            if (!bearing(route, token).equals("bound-token"))
                                open.add(route.name());
                        }
                    }
                });
        assertThat(open)
                .containsExactlyElementsOf(new TreeSet<>(CourseRoutes.OPEN_TO_BOUND_TOKENS));
    }

    private static boolean endsTheCourse(Route route) {
        return route.name().equals("DELETE /courses/{course}");
    }

    private static String expected(Route route, String who) {
        if (who.equals(UNSIGNED)) return "not signed in";
        if (who.equals(STRANGER)) return "not there";
        boolean may = ROLES.indexOf(who) >= ROLES.indexOf(CourseRoutes.LEAST.get(route.name()));
        return may ? "let in" : "not theirs";
    }

    private String answer(Route route, String who) {
        Visitor visitor = people.get(who);
        HttpRequest.Builder request = HttpRequest.newBuilder(visitor.uri(path(route)));
        boolean form = !route.isRest() && !route.method().equals("GET");
        String token = visitor.csrf("/sign-in");
        String body =
                form
                        ? "_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8)
                        : RequestExamples.json(port, route.method(), route.pattern());
        request.header(
                "Content-Type",
                form ? "application/x-www-form-urlencoded" : RequestExamples.type(route.pattern()));
        if (route.isRest()) request.header("X-XSRF-TOKEN", token);
        request.method(
                route.method(),
                route.method().equals("GET")
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(body));
        return words(route, visitor.send(request.build()));
    }

    private String path(Route route) {
        return route.pattern()
                .replace("/courses/{course}", course)
                .replace("{assignment}", assignment)
                .replaceAll("\\{[a-zA-Z]+}", UUID.randomUUID().toString());
    }

    private static String words(Route route, HttpResponse<String> response) {
        int status = response.statusCode();
        if (status == 401) return "not signed in";
        if (status == 302 && Visitor.location(response).startsWith("/sign-in"))
            return "not signed in";
        if (status == 403) return "not theirs";
        if (status == 500) return "an error: " + response.body();
        boolean gone =
                status == 404
                        && (route.isRest()
                                ? isType(response, "unknown-course")
                                : response.body().contains("Unknown course"));
        return gone ? "not there" : "let in";
    }

    private static boolean isType(HttpResponse<String> response, String type) {
        JsonNode problem = Program.JSON.readTree(response.body());
        return problem.path("type").asString().equals("/problems/" + type);
    }
}
