package io.socketlab.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Who may what in a course, as a table. */
final class CourseRoutes {

    private CourseRoutes() {}

    /** The least role that a route is for, by method and path without {@code /api/v1}. */
    static final Map<String, String> LEAST = least();

    /**
     * What a token that is bound to a course is not refused for at once, beside the routes of its
     * course: what is public, and what can be of its course; of that each is tried in {@code
     * BoundTokenTest}.
     */
    static final List<String> OPEN_TO_BOUND_TOKENS =
            List.of(
                    "DELETE /jobs/{id}",
                    "GET /attempts",
                    "GET /attempts/{id}",
                    "GET /attempts/{id}/log",
                    "GET /attempts/{id}/result",
                    "GET /batches/{id}",
                    "GET /batches/{id}/checks.csv",
                    "GET /calls",
                    "GET /courses",
                    "GET /jobs",
                    "GET /jobs/{id}",
                    "GET /jobs/{id}/capture.pcapng",
                    "GET /jobs/{id}/result",
                    "GET /jobs/{id}/trace.jsonl",
                    "GET /lab-schema",
                    "GET /lab-vocabulary",
                    "GET /labs",
                    "GET /labs/{id}",
                    "GET /labs/{id}/revisions",
                    "GET /labs/{id}/revisions/{revision}",
                    "GET /openapi",
                    "GET /openapi.yaml",
                    "GET /openapi/swagger-config",
                    "GET /rules",
                    "GET /runs/{id}",
                    "GET /runs/{id}/branches",
                    "GET /runs/{id}/capture",
                    "GET /runs/{id}/comparison",
                    "GET /runs/{id}/comparison/rows",
                    "GET /runs/{id}/events",
                    "GET /runs/{id}/frames",
                    "GET /runs/{id}/questions",
                    "GET /runs/{id}/strace",
                    "GET /runs/{id}/submissions/{n}/comparison",
                    "GET /runs/{id}/trace",
                    "GET /status",
                    "GET /sysroot",
                    "POST /attempts/{id}/submissions",
                    "POST /batches",
                    "POST /labs/{id}/grade",
                    "POST /runs/{id}/forks",
                    "POST /runs/{id}/questions");

    private static Map<String, String> least() {
        var least = new LinkedHashMap<String, String>();
        String c = "/courses/{course}";
        String a = c + "/assignments/{assignment}";
        for (String route : List.of("GET " + c, "GET " + c + "/assignments", "GET " + a)) {
            least.put(route, "student");
        }
        least.put("POST " + a + "/runs", "student");
        for (String route : ofAssistants(c, a)) least.put(route, "assistant");
        for (String route :
                List.of(
                        "POST " + c + "/members",
                        "PUT " + c + "/members/{member}",
                        "DELETE " + c + "/members/{member}",
                        "POST " + c + "/roster",
                        "GET " + c + "/invitations",
                        "POST " + c + "/invitations",
                        "DELETE " + c + "/invitations/{invitation}",
                        "POST " + c + "/invitations/{invitation}/revoke",
                        "POST " + c + "/invitations.csv",
                        "POST " + c + "/people",
                        "POST " + c + "/people/roster",
                        "POST " + c + "/people/{member}",
                        "POST " + c + "/people/{member}/remove",
                        "POST " + c + "/assignments",
                        "PUT " + a,
                        "DELETE " + a,
                        "POST " + a + "/terms",
                        "POST " + a + "/move",
                        "POST " + a + "/remove",
                        "GET " + c + "/settings",
                        "GET " + a + "/similarity",
                        "GET " + a + "/similarity/{one}/{other}",
                        "POST " + a + "/similarity/{one}/{other}",
                        "POST " + a + "/similarity/values/{member}",
                        "GET " + a + "/regrades",
                        "POST " + a + "/regrades",
                        "GET " + a + "/regrades/{regrade}",
                        "GET " + a + "/regrades/{regrade}/rows",
                        "DELETE " + a + "/regrades/{regrade}",
                        "POST " + a + "/regrades/{regrade}/cancel",
                        "POST " + a + "/regrades/{regrade}/apply",
                        "POST " + a + "/regrades/{regrade}/undo",
                        "POST " + c + "/copies")) {
            least.put(route, "instructor");
        }
        for (String route :
                List.of(
                        "PUT " + c,
                        "DELETE " + c,
                        "POST " + c + "/settings",
                        "POST " + c + "/remove")) {
            least.put(route, "owner");
        }
        return least;
    }

    private static List<String> ofAssistants(String c, String a) {
        return List.of(
                "GET " + c + "/members",
                "GET " + c + "/people",
                "GET " + a + "/terms",
                "GET " + c + "/wall",
                "GET " + c + "/mistakes",
                "GET " + c + "/questions",
                "POST " + c + "/questions/{question}",
                "POST " + c + "/questions/{question}/close",
                "GET " + c + "/questions/{question}",
                "PUT " + c + "/questions/{question}/answer",
                "GET " + a + "/wall",
                "GET " + a + "/mistakes",
                "GET " + a + "/mistakes/{mistake}/moments",
                "GET " + a + "/checks/{check}/moments",
                "GET " + c + "/gradebook",
                "GET " + c + "/gradebook.csv",
                "POST " + c + "/gradebook/lms",
                "GET " + c + "/gradebook/{assignment}",
                "GET " + c + "/gradebook/{assignment}/checks.csv",
                "GET " + c + "/gradebook/{assignment}/{member}",
                "POST " + c + "/gradebook/{assignment}/{member}",
                "POST " + c + "/gradebook/{assignment}/{member}/take-back",
                "GET " + a + "/checks.csv",
                "PUT " + a + "/grades/{member}",
                "DELETE " + a + "/grades/{member}",
                "GET " + a + "/extensions",
                "POST " + a + "/extensions",
                "DELETE " + a + "/extensions/{extension}",
                "POST " + a + "/extensions/{extension}/remove");
    }
}
