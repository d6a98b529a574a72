package io.socketlab.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.ServerTest;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

@Execution(ExecutionMode.CONCURRENT)
@ServerTest
@TestPropertySource(
        properties = {
            "socketlab.demo=true",
            "spring.datasource.url=jdbc:h2:mem:demo;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1"
        })
class DemoCourseTest {

    @Autowired JdbcClient jdbc;

    private int count(String sql) {
        return jdbc.sql(sql).query(Integer.class).single();
    }

    @Test
    void aClassIsInTheMiddleOfItsWork() {
        Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        () ->
                                count(
                                        "select count(*) from course_member where role = 'STUDENT' and account_id is not null"),
                        joined -> joined == 12);
        // the last student hands in what he has for the last assignment
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> assertThat(count("select count(*) from submission")).isEqualTo(30));
        assertThat(count("select count(*) from submission where verdict = 'PASS'"))
                .isGreaterThan(12);
        assertThat(count("select count(*) from submission where verdict = 'FAIL'"))
                .isGreaterThan(4);
    }
}
