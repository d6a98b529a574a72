package io.socketlab.server.webhook;

import static io.socketlab.server.web.DatabaseTime.ifThere;
import static io.socketlab.server.web.DatabaseTime.instant;
import static io.socketlab.server.web.DatabaseTime.time;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Webhooks and their deliveries in the database. */
@Repository
class WebhookStore {

    private static final int LONGEST_PROBLEM = 300;

    private final JdbcClient jdbc;

    WebhookStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void add(Webhook webhook) {
        jdbc.sql(
                        "insert into webhook (id, account_id, url, active, created_at) values (?, ?, ?, ?, ?)")
                .params(
                        webhook.id(),
                        webhook.account(),
                        webhook.url(),
                        webhook.active(),
                        time(webhook.created()))
                .update();
    }

    List<Webhook> of(UUID account) {
        return jdbc.sql("select * from webhook where account_id = ? order by created_at, id")
                .param(account)
                .query(WebhookStore::webhook)
                .list();
    }

    Optional<Webhook> find(UUID id) {
        return jdbc.sql("select * from webhook where id = ?")
                .param(id)
                .query(WebhookStore::webhook)
                .optional();
    }

    /** Answers whether there was such a one of this account; its deliveries go with it. */
    boolean remove(UUID account, UUID id) {
        return jdbc.sql("delete from webhook where id = ? and account_id = ?")
                        .params(id, account)
                        .update()
                == 1;
    }

    void deactivate(UUID id) {
        jdbc.sql("update webhook set active = false where id = ?").param(id).update();
    }

    List<UUID> accounts() {
        return jdbc.sql("select distinct account_id from webhook where active")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    // ---- deliveries

    /**
     * Adds a delivery.
     *
     * @throws org.springframework.dao.DuplicateKeyException if the webhook is told of this job
     *     already
     */
    void add(Delivery delivery) {
        jdbc.sql(
                        """
                        insert into webhook_delivery (id, webhook_id, job_id, payload, state, created_at)
                        values (?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        delivery.id(),
                        delivery.webhook(),
                        delivery.job(),
                        delivery.payload(),
                        delivery.state().name(),
                        time(delivery.created()))
                .update();
    }

    boolean isTold(UUID webhook, UUID job) {
        return jdbc.sql("select count(*) from webhook_delivery where webhook_id = ? and job_id = ?")
                        .params(webhook, job)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    Optional<Delivery> delivery(UUID id) {
        return jdbc.sql("select * from webhook_delivery where id = ?")
                .param(id)
                .query(WebhookStore::delivery)
                .optional();
    }

    /** A webhook's last deliveries, the last first. */
    List<Delivery> log(UUID webhook, int limit) {
        return jdbc.sql(
                        """
                        select * from webhook_delivery where webhook_id = ?
                        order by created_at desc, id desc limit ?
                        """)
                .params(webhook, limit)
                .query(WebhookStore::delivery)
                .list();
    }

    List<UUID> waiting() {
        return jdbc.sql("select id from webhook_delivery where state = 'WAITING'")
                .query((row, _) -> row.getObject(1, UUID.class))
                .list();
    }

    void tried(UUID id, Delivery.State state, WebhookCall.Answer answer, Instant now) {
        String problem = answer.problem().orElse(null);
        jdbc.sql(
                        """
                        update webhook_delivery
                        set state = ?, tries = tries + 1, status = ?, problem = ?, tried_at = ? where id = ?
                        """)
                .param(state.name())
                .param(answer.status().isPresent() ? answer.status().getAsInt() : null)
                .param(
                        problem == null || problem.length() <= LONGEST_PROBLEM
                                ? problem
                                : problem.substring(0, LONGEST_PROBLEM))
                .params(time(now), id)
                .update();
    }

    /** Forgets what was told, or given up, before a time. */
    void forget(Instant before) {
        jdbc.sql("delete from webhook_delivery where state <> 'WAITING' and created_at < ?")
                .param(time(before))
                .update();
    }

    private static Webhook webhook(ResultSet row, int n) throws SQLException {
        return new Webhook(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("url"),
                row.getBoolean("active"),
                instant(row, "created_at"));
    }

    private static Delivery delivery(ResultSet row, int n) throws SQLException {
        int status = row.getInt("status");
        return new Delivery(
                row.getObject("id", UUID.class),
                row.getObject("webhook_id", UUID.class),
                row.getObject("job_id", UUID.class),
                row.getString("payload"),
                Delivery.State.valueOf(row.getString("state")),
                row.getInt("tries"),
                status == 0 ? OptionalInt.empty() : OptionalInt.of(status),
                Optional.ofNullable(row.getString("problem")),
                instant(row, "created_at"),
                ifThere(row, "tried_at"));
    }
}
