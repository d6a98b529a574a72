package io.socketlab.server.integrity;

import static io.socketlab.server.web.DatabaseTime.instant;

import io.socketlab.lab.grade.InputLog;
import io.socketlab.lab.grade.ProgramAnswer;
import io.socketlab.lab.script.ScriptException;
import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Course;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Members;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What a class handed in, as text. */
@Repository
class WorkStore {

    private final JdbcClient jdbc;
    private final Members members;

    WorkStore(JdbcClient jdbc, Members members) {
        this.jdbc = jdbc;
        this.members = members;
    }

    private record Last(UUID account, UUID run, String way, String ref, long seed, Instant at) {}

    /** Each student's last hand-in. */
    List<Work> of(Course course, Assignment assignment, Handout handout) {
        Map<UUID, Member> byAccount = new HashMap<>();
        for (Member m : members.students(course)) {
            m.account().ifPresent(account -> byAccount.put(account, m));
        }
        Map<UUID, Last> last = new LinkedHashMap<>();
        jdbc.sql(
                        """
                        select r.account_id, r.seed, h.run_id, h.way, h.ref, h.handed_in_at from hand_in h
                        join run r on r.id = h.run_id where r.assignment_id = ? order by h.handed_in_at
                        """)
                .param(assignment.id())
                .query(row -> {
                    UUID account = row.getObject("account_id", UUID.class);
                    last.put(
                            account,
                            new Last(
                                    account,
                                    row.getObject("run_id", UUID.class),
                                    row.getString("way"),
                                    row.getString("ref"),
                                    row.getLong("seed"),
                                    instant(row, "handed_in_at")));
                });
        List<Work> works = new ArrayList<>();
        last.values()
                .forEach(l -> {
                    Member member = byAccount.get(l.account());
                    if (member != null) works.add(work(member, l, handout));
                });
        return works;
    }

    private Work work(Member member, Last l, Handout handout) {
        List<String> lines = l.way().equals("page") ? typed(l) : sent(l);
        return new Work(member, l.run(), l.seed(), l.at(), lines, handout.given(l.seed()));
    }

    /** What was put in on the bench, and the sources of the programs that it started. */
    private List<String> typed(Last l) {
        List<String> lines =
                new ArrayList<>(
                        jdbc.sql(
                                        """
                                        select i.line from run_input i join submission s on s.run_id = i.run_id
                                        where i.run_id = ? and s.n = ? and i.n <= s.input_count order by i.n
                                        """)
                                .params(l.run(), Integer.parseInt(l.ref()))
                                .query((row, _) -> row.getString(1))
                                .list());
        List<String> sources = new ArrayList<>();
        for (String line : lines) {
            if (!line.startsWith("exec ")) continue;
            String[] words = line.split(" ", -1);
            if (words.length < 3) continue;
            jdbc.sql("select source from program where account_id = ? and name = ?")
                    .params(l.account(), words[2])
                    .query((row, _) -> row.getString(1))
                    .optional()
                    .ifPresent(source -> sources.addAll(source.lines().toList()));
        }
        lines.addAll(sources);
        return lines;
    }

    private List<String> sent(Last l) {
        return jdbc.sql("select kind, answer from grading_job where id = ?")
                .param(UUID.fromString(l.ref()))
                .query((row, _) -> text(row.getString("kind"), row.getString("answer")))
                .optional()
                .orElse(List.of());
    }

    private static List<String> text(String kind, String answer) {
        try {
            return switch (kind) {
                case "LOG" ->
                        InputLog.parse("log", answer).entries().stream()
                                .map(InputLog.Entry::line)
                                .toList();
                case "PROGRAM" ->
                        ProgramAnswer.parse(answer).programs().stream()
                                .flatMap(p -> p.text().lines())
                                .toList();
                default -> answer.lines().toList();
            };
        } catch (ScriptException e) {
            return answer.lines().toList(); // it could not be understood then, either
        }
    }
}
