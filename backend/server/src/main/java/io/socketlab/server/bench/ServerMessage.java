package io.socketlab.server.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.socketlab.lab.grade.ResultDocument;
import io.socketlab.lab.remark.Remark;
import io.socketlab.lab.run.RunHost;
import io.socketlab.lab.run.TaskSummary;
import io.socketlab.server.run.BenchState;
import io.socketlab.server.run.Foretold;
import io.socketlab.server.run.InputOutcome.Accepted;
import io.socketlab.server.run.InputOutcome.Refused;
import io.socketlab.server.run.RunQuestions;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The text frames of the server, as JSON. */
final class ServerMessage {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @JsonPropertyOrder("type")
    private record Hello(
            String type,
            UUID run,
            String role,
            int lastSeq,
            int inputs,
            long now,
            @Nullable Long next,
            List<BusyTask> tasks,
            List<String> hosts,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String readOnly) {}

    /** A task that has made a call, and the call it waits in. */
    private record BusyTask(
            String host, int task, @Nullable String call, @Nullable String reason) {}

    @JsonPropertyOrder("type")
    private record Ack(
            String type,
            String id,
            int input,
            int lastSeq,
            long now,
            @Nullable Long next,
            @Nullable String reply) {}

    @JsonPropertyOrder("type")
    private record NotDone(
            String type,
            @Nullable String id,
            String title,
            String detail,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Integer column) {}

    @JsonPropertyOrder("type")
    private record Checks(String type, List<CheckNow> tests, Predictions predictions) {}

    /**
     * What the lab asks.
     *
     * @param open whether what it asks beforehand can still be answered: nothing has happened yet
     * @param said the answers, by id
     * @param asked what the run has halted to ask
     */
    private record Predictions(
            boolean open,
            Map<String, String> said,
            @JsonInclude(JsonInclude.Include.NON_NULL) Foretold.@Nullable Asked asked) {

        static Predictions of(Foretold foretold) {
            return new Predictions(foretold.open(), foretold.said(), foretold.asked().orElse(null));
        }
    }

    /** A check as the checklist shows it. */
    private record CheckNow(
            String id,
            String name,
            String status,
            String output,
            List<Integer> evidence,
            String rule,
            boolean open) {}

    @JsonPropertyOrder("type")
    private record Remarks(String type, List<Remark> remarks) {}

    @JsonPropertyOrder("type")
    private record Questions(String type, List<QuestionNow> questions) {}

    /** A question as the bench shows it at its event. */
    private record QuestionNow(
            UUID id, int event, String text, @Nullable String answer, boolean unseen) {}

    @JsonPropertyOrder("type")
    private record Gap(String type, int from, int to) {}

    @JsonPropertyOrder("type")
    private record Closing(String type, String reason) {}

    private ServerMessage() {}

    static String hello(UUID run, Role role, BenchState state) {
        return JSON.writeValueAsString(
                new Hello(
                        "hello",
                        run,
                        role.text(),
                        state.lastSeq(),
                        state.inputs(),
                        state.now(),
                        orNull(state.next()),
                        state.tasks().stream().map(ServerMessage::busy).toList(),
                        state.hosts().stream().map(RunHost::name).toList(),
                        state.readOnly().orElse(null)));
    }

    private static BusyTask busy(TaskSummary task) {
        return new BusyTask(
                task.host(), task.task(), task.call().orElse(null), task.reason().orElse(null));
    }

    static String ack(String id, Accepted accepted) {
        return JSON.writeValueAsString(
                new Ack(
                        "ack",
                        id,
                        accepted.input(),
                        accepted.lastSeq(),
                        accepted.now(),
                        orNull(accepted.next()),
                        accepted.reply().orElse(null)));
    }

    static String refused(String id, Refused refused) {
        Integer column = refused.column().isPresent() ? refused.column().getAsInt() : null;
        return JSON.writeValueAsString(
                new NotDone("refused", id, refused.title(), refused.detail(), column));
    }

    static String refused(@Nullable String id, String title, String detail) {
        return JSON.writeValueAsString(new NotDone("refused", id, title, detail, null));
    }

    static String checks(List<ResultDocument.Test> tests, BenchState state) {
        return JSON.writeValueAsString(
                new Checks(
                        "checks",
                        tests.stream()
                                .map(t ->
                                        new CheckNow(
                                                t.id(),
                                                t.name(),
                                                t.status().name(),
                                                t.output(),
                                                t.evidence(),
                                                t.rule(),
                                                t.open()))
                                .toList(),
                        Predictions.of(state.foretold())));
    }

    static String remarks(List<Remark> remarks) {
        return JSON.writeValueAsString(new Remarks("remarks", remarks));
    }

    static String questions(List<RunQuestions.Asked> asked) {
        return JSON.writeValueAsString(
                new Questions(
                        "questions",
                        asked.stream()
                                .map(q ->
                                        new QuestionNow(
                                                q.id(),
                                                q.event(),
                                                q.text(),
                                                q.answer().orElse(null),
                                                q.unseen()))
                                .toList()));
    }

    static String gap(int from, int to) {
        return JSON.writeValueAsString(new Gap("gap", from, to));
    }

    static String closing(String reason) {
        return JSON.writeValueAsString(new Closing("closing", reason));
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }
}
