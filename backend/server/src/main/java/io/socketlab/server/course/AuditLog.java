package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who changed what in a course, and why. It is only added to. */
@Repository
public class AuditLog {

    private static final int LONGEST = 1000;

    private final JdbcClient jdbc;
    private final Clock clock;

    AuditLog(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param who empty if his account is gone
     * @param about empty if it is about nobody, or he is gone
     * @param what a word of ours: {@code role}, {@code grade}, {@code extension}
     */
    record Entry(
            Optional<String> who,
            Optional<UUID> member,
            Optional<String> about,
            String what,
            String detail,
            Instant at) {}

    /** Adds an entry. */
    public void add(Seat by, @Nullable UUID member, String what, String detail) {
        jdbc.sql(
                        """
                        insert into course_audit (id, course_id, account_id, member_id, what, detail, created_at)
                        values (?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(UUID.randomUUID(), by.course().id())
                .param(by.member().account().orElse(null))
                .param(member)
                .params(
                        what,
                        detail.length() <= LONGEST ? detail : detail.substring(0, LONGEST),
                        time(clock.instant()))
                .update();
    }

    /** The last ones of a course, the last first. */
    List<Entry> of(UUID course, int limit) {
        return jdbc.sql(
                        """
                        select a.*, coalesce(m.name, x.display_name) as who, s.name as about
                        from course_audit a
                        left join account x on x.id = a.account_id
                        left join course_member m on m.account_id = a.account_id and m.course_id = a.course_id
                        left join course_member s on s.id = a.member_id
                        where a.course_id = ? order by a.created_at desc, a.id limit ?
                        """)
                .params(course, limit)
                .query(AuditLog::entry)
                .list();
    }

    private static Entry entry(ResultSet row, int n) throws SQLException {
        return new Entry(
                Optional.ofNullable(row.getString("who")),
                Optional.ofNullable(row.getObject("member_id", UUID.class)),
                Optional.ofNullable(row.getString("about")),
                row.getString("what"),
                row.getString("detail"),
                instant(row, "created_at"));
    }
}
