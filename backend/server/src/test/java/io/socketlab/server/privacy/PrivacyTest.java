package io.socketlab.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import io.socketlab.server.TeachersCourse;
import io.socketlab.server.Visitor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

@ServerTest
class PrivacyTest {

    private static final String FLYWAY = "flyway_schema_history";
    private static final String PASSWORD = "four words do well";

    @LocalServerPort int port;
    @Autowired DataSource database;
    @Autowired JdbcClient jdbc;
    @Autowired PersonalData data;
    @Autowired Retention retention;

    @Test
    void everyTableHasARule() throws SQLException {
        var ruled = new TreeSet<String>();
        for (TableRule rule : TableRule.ALL) assertThat(ruled.add(rule.table())).isTrue();
        assertThat(tables()).containsExactlyElementsOf(ruled);
    }

    private Set<String> tables() throws SQLException {
        var names = new TreeSet<String>();
        try (Connection connection = database.getConnection();
                ResultSet tables =
                        connection
                                .getMetaData()
                                .getTables(
                                        null,
                                        "public",
                                        "%",
                                        new String[] {"TABLE", "BASE TABLE"})) {
            while (tables.next()) names.add(tables.getString("TABLE_NAME"));
        }
        names.remove(FLYWAY);
        return names;
    }

    @Test
    void whatGoesWithAnAccountIsTiedToItByForeignKeys() throws SQLException {
        Map<String, List<String>> parents = new HashMap<>();
        try (Connection connection = database.getConnection()) {
            for (String table : tables()) parents.put(table, cascading(connection, table));
        }
        var loose = new ArrayList<String>();
        for (TableRule rule : TableRule.personal()) {
            if (rule.fate() != TableRule.Fate.GOES) continue;
            if (!leadsToAccount(rule.table(), parents, new HashSet<>())) loose.add(rule.table());
        }
        assertThat(loose).isEmpty();
    }

    private static List<String> cascading(Connection connection, String table) throws SQLException {
        var parents = new ArrayList<String>();
        try (ResultSet keys = connection.getMetaData().getImportedKeys(null, "public", table)) {
            while (keys.next()) {
                boolean cascades =
                        keys.getShort("DELETE_RULE") == DatabaseMetaData.importedKeyCascade;
                if (cascades) parents.add(keys.getString("PKTABLE_NAME"));
            }
        }
        return parents;
    }

    private static boolean leadsToAccount(
            String table, Map<String, List<String>> parents, Set<String> seen) {
        if (table.equals("account")) return true;
        return seen.add(table)
                && parents.getOrDefault(table, List.of()).stream()
                        .anyMatch(parent -> leadsToAccount(parent, parents, seen));
    }

    /** One who has done something of everything that pages let him. */
    private Visitor busy(String login) {
        Visitor ada = Visitor.member(port, "Ada", login);
        String run = ada.openBench("c1-handshake");
        TeachersCourse.type(ada, run, "client: socket(AF_INET, SOCK_STREAM, 0)");
        TeachersCourse.handIn(ada, run);
        ada.token();
        return ada;
    }

    private UUID account(String login) {
        return jdbc.sql("select id from account where login = ?")
                .param(login)
                .query(UUID.class)
                .single();
    }

    @Test
    void anExportHasWhatWasDoneAndNoSecrets() throws IOException {
        String login = "ada-" + UUID.randomUUID();
        busy(login);
        var out = new ByteArrayOutputStream();
        data.export(account(login), out);
        Map<String, String> files = unzip(out.toByteArray());
        assertThat(files)
                .containsKeys(
                        "README.txt",
                        "account.jsonl",
                        "run.jsonl",
                        "run_input.jsonl",
                        "submission.jsonl",
                        "api_token.jsonl");
        assertThat(files.get("account.jsonl")).contains(login).doesNotContain("password");
        assertThat(files.get("account.jsonl")).contains("\"id\":\"" + account(login) + "\"");
        assertThat(files.get("run_input.jsonl")).contains("socket(AF_INET, SOCK_STREAM, 0)");
        assertThat(files.get("api_token.jsonl"))
                .contains("\"name\":\"test\"")
                .doesNotContain("hash");
        assertThat(String.join("", files.values())).doesNotContain("{bcrypt}");
    }

    private static Map<String, String> unzip(byte[] zip) throws IOException {
        var files = new HashMap<String, String>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    @Test
    void deletingNeedsThePasswordAndLeavesNothing() {
        String login = "ada-" + UUID.randomUUID();
        Visitor ada = busy(login);
        UUID account = account(login);
        String page = "/account/privacy";
        assertThat(ada.get(page).body()).contains("Runs of labs", "Hand-ins and their results");
        assertThat(ada.post(page + "/delete", page, Map.of("confirm", "guess")).body())
                .contains("that is not your password");
        assertThat(data.parts(account)).isNotEmpty();
        ada.post(page + "/delete", page, Map.of("confirm", PASSWORD));
        assertThat(data.parts(account)).isEmpty();
        assertThat(ada.get("/account").statusCode()).isEqualTo(302);
    }

    @Test
    void aCourseIsNotLeftWithoutAnOwner() {
        String login = "grace-" + UUID.randomUUID();
        Visitor grace = Visitor.member(port, "Grace", login);
        TeachersCourse.make(port, grace);
        String page = "/account/privacy";
        assertThat(grace.get(page).body()).contains("Networks", "another owner");
        assertThat(grace.post(page + "/delete", page, Map.of("confirm", PASSWORD)).statusCode())
                .isEqualTo(422);
        assertThat(data.parts(account(login))).isNotEmpty();
    }

    @Test
    void runsOfACourseAreKeptForItsDaysAndOthersForGood() {
        String login = "grace-" + UUID.randomUUID();
        Visitor grace = Visitor.member(port, "Grace", login);
        String assignment = TeachersCourse.make(port, grace).assignment("c1-handshake");
        TeachersCourse.begin(grace, assignment);
        grace.openBench("c1-handshake");
        UUID account = account(login);
        assertThat(runs(account)).isEqualTo(2);
        retention.runs();
        assertThat(runs(account)).isEqualTo(2);
        jdbc.sql("update run set updated_at = timestamp '2000-01-01 00:00:00' where account_id = ?")
                .param(account)
                .update();
        retention.runs();
        assertThat(runs(account)).isEqualTo(1);
    }

    @Test
    void trialsOfADraftGoAfterTheirDaysWithWhatNothingNeedsAnyMore() {
        String login = "ada-" + UUID.randomUUID();
        Visitor ada = Visitor.member(port, "Ada", login);
        UUID account = account(login);
        var made = ada.post("/author", "/author", Map.of("id", "lab-" + UUID.randomUUID()));
        String draft = Visitor.location(made);
        String run = Visitor.location(ada.post(draft + "/try", draft + "/verify", Map.of()));
        ada.openBench("c1-handshake");
        assertThat(run).startsWith("/runs/");
        String used = "update run set updated_at = timestamp '%s' where account_id = ?";
        made(account, "2000-01-01 00:00:00");
        jdbc.sql(used.formatted("2000-01-01 00:00:00")).param(account).update();
        jdbc.sql("update run set updated_at = current_timestamp where id = cast(? as uuid)")
                .param(run.replaceFirst(".*/", ""))
                .update();
        retention.trials();
        // what is in use stays as it was then, however old that is
        assertThat(runs(account)).isEqualTo(2);
        assertThat(trials(account)).isEqualTo(1);
        assertThat(ada.get(run).statusCode()).isEqualTo(200);
        jdbc.sql(used.formatted("2000-01-01 00:00:00")).param(account).update();
        String tree =
                jdbc.sql(
                                "select t.tree from lab_trial t join lab_draft d on d.id = t.draft_id where d.account_id = ?")
                        .param(account)
                        .query(String.class)
                        .single();
        retention.trials();
        assertThat(runs(account)).isEqualTo(1);
        assertThat(trials(account)).isZero();
        assertThat(count("lab_tree where hash = ?", tree)).isZero();
        assertThat(count("lab_tree_file where tree = ?", tree)).isZero();
        // and it can be tried again
        assertThat(Visitor.location(ada.post(draft + "/try", draft + "/verify", Map.of())))
                .startsWith("/runs/");
        assertThat(ada.get("/account/privacy").body()).contains("<span>90</span> days");
    }

    /** As if an account's trials had been kept at this time. */
    private void made(UUID account, String time) {
        String mine = "select t.tree from lab_trial t join lab_draft d on d.id = t.draft_id";
        jdbc.sql(
                        "update lab_tree set created_at = timestamp '%s' where hash in (%s where d.account_id = ?)"
                                .formatted(time, mine))
                .param(account)
                .update();
        jdbc.sql(
                        "update lab_trial set created_at = timestamp '%s' where draft_id in (select id from lab_draft where account_id = ?)"
                                .formatted(time))
                .param(account)
                .update();
    }

    private int trials(UUID account) {
        return count(
                "lab_trial where draft_id in (select id from lab_draft where account_id = ?)",
                account);
    }

    private int count(String rows, Object of) {
        return jdbc.sql("select count(*) from " + rows).param(of).query(Integer.class).single();
    }

    private int runs(UUID account) {
        return jdbc.sql("select count(*) from run where account_id = ?")
                .param(account)
                .query(Integer.class)
                .single();
    }
}
