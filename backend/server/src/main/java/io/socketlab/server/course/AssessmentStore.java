package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What staff says about students' work, in the database. */
@Repository
class AssessmentStore {

    private final JdbcClient jdbc;

    AssessmentStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** In place of what was said before. */
    @Transactional
    void put(Assessment a) {
        remove(a.assignment(), a.member());
        jdbc.sql(
                        """
                        insert into assessment (assignment_id, member_id, points, word, account_id, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(a.assignment(), a.member())
                .param(a.points().isPresent() ? a.points().getAsDouble() : null)
                .param(a.word())
                .param(a.by().orElse(null))
                .param(time(a.at()))
                .update();
    }

    /** Answers whether there was one. */
    boolean remove(UUID assignment, UUID member) {
        return jdbc.sql("delete from assessment where assignment_id = ? and member_id = ?")
                        .params(assignment, member)
                        .update()
                == 1;
    }

    Optional<Assessment> find(UUID assignment, UUID member) {
        return jdbc.sql("select * from assessment where assignment_id = ? and member_id = ?")
                .params(assignment, member)
                .query(AssessmentStore::assessment)
                .optional();
    }

    /** All of a course. */
    List<Assessment> of(UUID course) {
        return jdbc.sql(
                        """
                        select x.* from assessment x join assignment a on a.id = x.assignment_id
                        where a.course_id = ?
                        """)
                .param(course)
                .query(AssessmentStore::assessment)
                .list();
    }

    private static Assessment assessment(ResultSet row, int n) throws SQLException {
        double points = row.getDouble("points");
        OptionalDouble given = row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(points);
        return new Assessment(
                row.getObject("assignment_id", UUID.class),
                row.getObject("member_id", UUID.class),
                given,
                row.getString("word"),
                Optional.ofNullable(row.getObject("account_id", UUID.class)),
                instant(row, "created_at"));
    }
}
