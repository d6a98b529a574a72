package io.socketlab.server.privacy;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a table has of people. Every table of the database has a rule; a test fails for one that has
 * none.
 *
 * @param about what it has, as a person reads it
 * @param whose which rows are a person's, as a condition in which {@code :me} is his account; empty
 *     if none are
 * @param fate what becomes of these rows when he goes
 * @param secret columns that are not given out, since they open something
 */
record TableRule(
        String table, String about, Optional<String> whose, Fate fate, Set<String> secret) {

    TableRule {
        secret = Set.copyOf(secret);
    }

    /** What becomes of a person's rows when his account is deleted. */
    enum Fate {
        /** They go with it, by a foreign key. */
        GOES,
        /** They are deleted beside it: no foreign key leads there. */
        DELETED,
        /** They stay, and do not say any more whose they were. */
        UNNAMED,
        /** There are none. */
        NONE
    }

    private static final String RUNS = "run_id in (select id from run where account_id = :me)";
    private static final String MEMBERS =
            "member_id in (select id from course_member where account_id = :me)";
    private static final String ALIKE =
            "one_id in (select id from course_member where account_id = :me)"
                    + " or other_id in (select id from course_member where account_id = :me)";
    private static final String DRAFTS =
            "draft_id in (select id from lab_draft where account_id = :me)";
    private static final String JOBS =
            "job_id in (select id from grading_job where account_id = :me)";
    private static final String WEBHOOKS =
            "webhook_id in (select id from webhook where account_id = :me)";

    /** All there are. */
    static final List<TableRule> ALL =
            List.of(
                    goes("account", "Name and login", "id = :me", "password_hash"),
                    goes("api_token", "Tokens for programs", "account_id = :me", "hash"),
                    goes("run", "Runs of labs", "account_id = :me"),
                    goes("run_input", "What was put in on benches", RUNS),
                    goes("submission", "Hand-ins and their results", RUNS),
                    goes("program", "C programs and their sources", "account_id = :me"),
                    goes(
                            "grading_job",
                            "What was handed in over REST",
                            "account_id = :me",
                            "claim"),
                    goes("grading_result", "Results of these", JOBS),
                    goes("idempotency_key", "Keys of requests", "account_id = :me"),
                    goes("webhook", "Webhooks", "account_id = :me"),
                    goes("webhook_delivery", "What webhooks were told", WEBHOOKS),
                    goes("lab_draft", "Labs one is writing", "account_id = :me"),
                    goes("lab_draft_file", "Their files", DRAFTS),
                    goes("lab_trial", "Trials of these", DRAFTS),
                    new TableRule(
                            "lab_published",
                            "Labs one has published",
                            Optional.of("account_id = :me"),
                            Fate.UNNAMED,
                            Set.of()),
                    new TableRule(
                            "lab_revision",
                            "Revisions one has published",
                            Optional.of("published_by = :me"),
                            Fate.UNNAMED,
                            Set.of("report")),
                    none("lab_tree", "What labs and trials are made of"),
                    none("lab_tree_file", "Their files, which their author took for publishing"),
                    goes("course_member", "Places in courses", "account_id = :me"),
                    goes("course_invitation", "Links made for one", MEMBERS),
                    goes("extension", "Extensions", MEMBERS),
                    goes("regrade_row", "Hand-ins graded again", RUNS),
                    none("regrade", "Regrades of a whole class"),
                    none("regrade_schedule", "Which regrades are under way"),
                    goes("question", "What one has asked", RUNS),
                    goes("similarity_judgement", "What staff judged of work that is alike", ALIKE),
                    goes("foreign_value_judgement", "What staff judged of others' values", MEMBERS),
                    goes("assessment", "What staff said about work", MEMBERS),
                    new TableRule(
                            "course_audit",
                            "Changes made in courses",
                            Optional.of("account_id = :me or " + MEMBERS),
                            Fate.UNNAMED,
                            Set.of()),
                    new TableRule(
                            "spring_session",
                            "Browsers that are signed in",
                            Optional.of("principal_name = cast(:me as varchar(100))"),
                            Fate.DELETED,
                            Set.of("primary_id", "session_id")),
                    none("spring_session_attributes", "Goes with its session"),
                    none("course", "Courses; those that one owns alone have to be given on first"),
                    none("assignment", "What courses have to do"),
                    none("compilation", "What sources were compiled to, whoever wrote them"),
                    none("network", "Networks to play on: settings without a person"),
                    none("server_secret", "Secrets of this server"),
                    none("grading_lane", "Whose jobs are due; emptied when they are graded"),
                    none("webhook_schedule", "Whose webhooks are due; emptied when they are told"));

    private static TableRule goes(String table, String about, String whose, String... secret) {
        return new TableRule(table, about, Optional.of(whose), Fate.GOES, Set.of(secret));
    }

    private static TableRule none(String table, String about) {
        return new TableRule(table, about, Optional.empty(), Fate.NONE, Set.of());
    }

    /** Those that have rows of people. */
    static List<TableRule> personal() {
        return ALL.stream().filter(rule -> rule.whose().isPresent()).toList();
    }
}
