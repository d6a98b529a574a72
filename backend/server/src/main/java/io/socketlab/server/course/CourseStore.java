package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Courses in the database. */
@Repository
class CourseStore {

    private final JdbcClient jdbc;

    CourseStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Course course) {
        jdbc.sql(
                        """
                        insert into course (id, title, term, zone, secret, copied_from, retention_days, archived, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        course.id(),
                        course.title(),
                        course.term(),
                        course.zone().getId(),
                        course.secret())
                .param(course.copiedFrom().orElse(null))
                .params(course.retentionDays(), course.archived(), time(course.created()))
                .update();
    }

    Optional<Course> find(UUID id) {
        return jdbc.sql("select * from course where id = ?")
                .param(id)
                .query(CourseStore::course)
                .optional();
    }

    /** Those that an account is in, the newest first; the archived ones last. */
    List<Course> of(UUID account) {
        return jdbc.sql(
                        """
                        select c.* from course c join course_member m on m.course_id = c.id
                        where m.account_id = ? order by c.archived, c.created_at desc, c.id
                        """)
                .param(account)
                .query(CourseStore::course)
                .list();
    }

    /** How many courses an account owns. */
    int owned(UUID account) {
        return jdbc.sql(
                        "select count(*) from course_member where account_id = ? and role = 'OWNER'")
                .param(account)
                .query(Integer.class)
                .single();
    }

    void change(
            UUID id, String title, String term, ZoneId zone, int retentionDays, boolean archived) {
        jdbc.sql(
                        "update course set title = ?, term = ?, zone = ?, retention_days = ?, archived = ? where id = ?")
                .params(title, term, zone.getId(), retentionDays, archived, id)
                .update();
    }

    /** With all that hangs on it. Runs that were made for it stay with those who made them. */
    void remove(UUID id) {
        jdbc.sql("delete from course where id = ?").param(id).update();
    }

    private static Course course(ResultSet row, int n) throws SQLException {
        return new Course(
                row.getObject("id", UUID.class),
                row.getString("title"),
                row.getString("term"),
                ZoneId.of(row.getString("zone")),
                row.getString("secret"),
                Optional.ofNullable(row.getObject("copied_from", UUID.class)),
                row.getInt("retention_days"),
                row.getBoolean("archived"),
                instant(row, "created_at"));
    }
}
