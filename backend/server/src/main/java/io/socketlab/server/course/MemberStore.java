package io.socketlab.server.course;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who is in which course, in the database. */
@Repository
class MemberStore {

    private final JdbcClient jdbc;

    MemberStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Adds a member.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the course has this account, e-mail
     *     address or SIS id already
     */
    void add(Member member, Instant now) {
        jdbc.sql(
                        """
                        insert into course_member (id, course_id, account_id, role, name, email, sis_id, section, joined_at, created_at)
                        values (:id, :course, :account, :role, :name, :email, :sis, :section, :joined, :now)
                        """)
                .param("id", member.id())
                .param("course", member.course())
                .param("account", member.account().orElse(null))
                .param("role", member.role().name())
                .param("name", member.name())
                .param("email", member.email().orElse(null))
                .param("sis", member.sisId().orElse(null))
                .param("section", member.section())
                .param("joined", member.joined().map(at -> time(at)).orElse(null))
                .param("now", time(now))
                .update();
    }

    /** The same with other values; its account and the time it joined stay. */
    void change(Member member) {
        jdbc.sql(
                        """
                        update course_member set role = ?, name = ?, email = ?, sis_id = ?, section = ?
                        where id = ?
                        """)
                .params(member.role().name(), member.name())
                .param(member.email().orElse(null))
                .param(member.sisId().orElse(null))
                .params(member.section(), member.id())
                .update();
    }

    /** Whoever was on the list has come. Answers whether nobody had come as him before. */
    boolean claim(UUID member, UUID account, Instant now) {
        return jdbc.sql(
                                "update course_member set account_id = ?, joined_at = ? where id = ? and account_id is null")
                        .params(account, time(now), member)
                        .update()
                == 1;
    }

    void remove(UUID member) {
        jdbc.sql("delete from course_member where id = ?").param(member).update();
    }

    Optional<Member> find(UUID id) {
        return jdbc.sql("select * from course_member where id = ?")
                .param(id)
                .query(MemberStore::member)
                .optional();
    }

    Optional<Member> of(UUID course, UUID account) {
        return jdbc.sql("select * from course_member where course_id = ? and account_id = ?")
                .params(course, account)
                .query(MemberStore::member)
                .optional();
    }

    /** All, staff first, then by section and name. */
    List<Member> of(UUID course) {
        return jdbc
                .sql("select * from course_member where course_id = ? order by section, name, id")
                .param(course)
                .query(MemberStore::member)
                .list()
                .stream()
                .sorted((a, b) -> b.role().compareTo(a.role()))
                .toList();
    }

    /** How many owners a course has who have come: who is only invited may never do. */
    int owners(UUID course) {
        return jdbc.sql(
                        """
                        select count(*) from course_member
                        where course_id = ? and role = 'OWNER' and account_id is not null
                        """)
                .param(course)
                .query(Integer.class)
                .single();
    }

    private static Member member(ResultSet row, int n) throws SQLException {
        return new Member(
                row.getObject("id", UUID.class),
                row.getObject("course_id", UUID.class),
                Optional.ofNullable(row.getObject("account_id", UUID.class)),
                CourseRole.valueOf(row.getString("role")),
                row.getString("name"),
                Optional.ofNullable(row.getString("email")),
                Optional.ofNullable(row.getString("sis_id")),
                row.getString("section"),
                ifThere(row, "joined_at"));
    }
}
