package io.socketlab.server.privacy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** All that there is of a person: how much, given out, and deleted. */
@Service
class PersonalData {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final Withheld withheld;

    PersonalData(JdbcClient jdbc, JsonMapper json, Withheld withheld) {
        this.jdbc = jdbc;
        this.json = json;
        this.withheld = withheld;
    }

    /** How many rows of a table are a person's, and what becomes of them. */
    record Part(String table, String about, long rows, TableRule.Fate fate) {}

    /** What there is of an account; tables without a row of his are left out. */
    List<Part> parts(UUID account) {
        return TableRule.personal().stream()
                .map(rule ->
                        new Part(rule.table(), rule.about(), count(rule, account), rule.fate()))
                .filter(part -> part.rows() > 0)
                .toList();
    }

    private long count(TableRule rule, UUID account) {
        return jdbc.sql("select count(*) from " + rule.table() + where(rule))
                .param("me", account)
                .query(Long.class)
                .single();
    }

    private static String where(TableRule rule) {
        return " where " + rule.whose().orElseThrow();
    }

    /** A course that has no other owner. */
    record OwnedCourse(UUID id, String title) {}

    /** The courses that would be without an owner. */
    List<OwnedCourse> ownedAlone(UUID account) {
        return jdbc.sql(
                        """
                        select c.id, c.title from course c
                        join course_member m on m.course_id = c.id and m.role = 'OWNER' and m.account_id = :me
                        where not exists (
                            select 1 from course_member o
                            where o.course_id = c.id and o.role = 'OWNER' and o.id <> m.id and o.account_id is not null)
                        order by c.title, c.id
                        """)
                .param("me", account)
                .query((row, _) -> new OwnedCourse(row.getObject(1, UUID.class), row.getString(2)))
                .list();
    }

    /** Everything as a zip: a file of JSON lines a table, one line a row. */
    void export(UUID account, OutputStream out) throws IOException {
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("README.txt"));
            zip.write(readme(account).getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            for (TableRule rule : TableRule.personal()) {
                if (count(rule, account) == 0) continue;
                zip.putNextEntry(new ZipEntry(rule.table() + ".jsonl"));
                write(rule, account, zip);
                zip.closeEntry();
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private String readme(UUID account) {
        String tables =
                parts(account).stream()
                        .map(part ->
                                "%s.jsonl: %s, %d"
                                        .formatted(part.table(), part.about(), part.rows()))
                        .collect(Collectors.joining("\n"));
        return """
        All that this SocketLab server has of you, one file a table, one JSON object a row.
        Left out are passwords and codes, which it knows by their hashes only, what others wrote
        into their own rows, and, of exams and of checks that are shown after a deadline, points
        and results until they are shown on the pages.

        """
                + tables
                + "\n";
    }

    private void write(TableRule rule, UUID account, OutputStream out) {
        jdbc.sql("select * from " + rule.table() + where(rule))
                .param("me", account)
                .query(row -> {
                    try {
                        out.write(line(rule, row).getBytes(StandardCharsets.UTF_8));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private String line(TableRule rule, ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            String name = columns.getColumnLabel(i).toLowerCase(Locale.ROOT);
            if (!rule.secret().contains(name)) values.put(name, value(row, columns, i));
        }
        withheld.shown(rule.table(), values);
        return json.writeValueAsString(values) + "\n";
    }

    /** Octets become base64, and times ISO 8601. */
    private static @Nullable Object value(ResultSet row, ResultSetMetaData columns, int i)
            throws SQLException {
        // H2 says of ids that they are octets
        if (columns.getColumnTypeName(i).equalsIgnoreCase("uuid")) return row.getString(i);
        return switch (columns.getColumnType(i)) {
            case java.sql.Types.TIMESTAMP_WITH_TIMEZONE, java.sql.Types.TIMESTAMP -> {
                OffsetDateTime time = row.getObject(i, OffsetDateTime.class);
                yield time == null ? null : time.toInstant().toString();
            }
            case java.sql.Types.BINARY, java.sql.Types.VARBINARY, java.sql.Types.LONGVARBINARY ->
                    row.getBytes(i);
            case java.sql.Types.CLOB, java.sql.Types.LONGVARCHAR -> row.getString(i);
            default -> row.getObject(i);
        };
    }

    /** Deletes an account and all that goes with it; answers how many rows went or were unnamed. */
    @Transactional
    Map<String, Long> delete(UUID account) {
        var gone = new LinkedHashMap<String, Long>();
        for (Part part : parts(account)) gone.put(part.table(), part.rows());
        for (TableRule rule : TableRule.personal()) {
            if (rule.fate() != TableRule.Fate.DELETED) continue;
            jdbc.sql("delete from " + rule.table() + where(rule)).param("me", account).update();
        }
        jdbc.sql("delete from account where id = ?").param(account).update();
        return gone;
    }
}
