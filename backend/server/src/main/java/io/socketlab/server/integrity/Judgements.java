package io.socketlab.server.integrity;

import static io.socketlab.server.web.DatabaseTime.time;

import io.socketlab.server.course.Assignment;
import io.socketlab.server.course.Member;
import io.socketlab.server.course.Seat;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What people have said about what was flagged. Flags themselves are reckoned each time. */
@Repository
class Judgements {

    private final JdbcClient jdbc;
    private final Clock clock;

    Judgements(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Two hand-ins that are alike, the lesser id first. */
    record PairKey(UUID one, UUID other) {

        static PairKey of(Member one, Member other) {
            boolean inOrder = one.id().compareTo(other.id()) < 0;
            return inOrder ? new PairKey(one.id(), other.id()) : new PairKey(other.id(), one.id());
        }
    }

    /** A value of another's seed in somebody's hand-in. */
    record ValueKey(UUID member, String value) {}

    /** What was said about pairs. */
    Map<PairKey, String> ofPairs(Assignment assignment) {
        Map<PairKey, String> words = new HashMap<>();
        jdbc.sql("select * from similarity_judgement where assignment_id = ?")
                .param(assignment.id())
                .query(row -> {
                    words.put(
                            new PairKey(
                                    row.getObject("one_id", UUID.class),
                                    row.getObject("other_id", UUID.class)),
                            row.getString("word"));
                });
        return words;
    }

    /** What was said about values. */
    Map<ValueKey, String> ofValues(Assignment assignment) {
        Map<ValueKey, String> words = new HashMap<>();
        jdbc.sql("select * from foreign_value_judgement where assignment_id = ?")
                .param(assignment.id())
                .query(row -> {
                    words.put(
                            new ValueKey(
                                    row.getObject("member_id", UUID.class), row.getString("found")),
                            row.getString("word"));
                });
        return words;
    }

    /** In place of what was said before; an empty word takes it back. */
    @Transactional
    void judge(Seat seat, Assignment assignment, PairKey pair, String word) {
        jdbc.sql(
                        "delete from similarity_judgement where assignment_id = ? and one_id = ? and other_id = ?")
                .params(assignment.id(), pair.one(), pair.other())
                .update();
        if (word.isEmpty()) return;
        jdbc.sql(
                        """
                        insert into similarity_judgement (assignment_id, one_id, other_id, word, account_id, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(assignment.id(), pair.one(), pair.other(), word)
                .param(seat.member().account().orElse(null))
                .param(time(clock.instant()))
                .update();
    }

    /** The same about a value. */
    @Transactional
    void judge(Seat seat, Assignment assignment, ValueKey value, String word) {
        jdbc.sql(
                        "delete from foreign_value_judgement where assignment_id = ? and member_id = ? and found = ?")
                .params(assignment.id(), value.member(), value.value())
                .update();
        if (word.isEmpty()) return;
        jdbc.sql(
                        """
                        insert into foreign_value_judgement (assignment_id, member_id, found, word, account_id, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(assignment.id(), value.member(), value.value(), word)
                .param(seat.member().account().orElse(null))
                .param(time(clock.instant()))
                .update();
    }
}
