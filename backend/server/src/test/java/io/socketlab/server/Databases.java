package io.socketlab.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Databases for tests, migrated. PostgreSQL is a container where a Docker engine answers and has
 * the image; else the real server out of binaries from Maven Central. It is never left out. With
 * SOCKETLAB_REQUIRE_DOCKER=true only a container will do.
 */
public final class Databases {

    private static final String IMAGE = "postgres:17";
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Databases() {}

    /** Where a database is. */
    public record Place(String url, String user, String password) {

        public DataSource dataSource() {
            return new DriverManagerDataSource(url, user, password);
        }
    }

    private static final class Postgres {
        private static final Place ONE = start();

        private static Place start() {
            boolean required = Boolean.parseBoolean(System.getenv("SOCKETLAB_REQUIRE_DOCKER"));
            if (required || isImageThere()) return container();
            return embedded();
        }

        private static boolean isImageThere() {
            try {
                if (!DockerClientFactory.instance().isDockerAvailable()) return false;
                DockerClientFactory.instance().client().inspectImageCmd(IMAGE).exec();
                return true;
            } catch (RuntimeException e) {
                return false;
            }
        }

        @SuppressWarnings("resource") // until the tests' JVM ends
        private static Place container() {
            var container = new PostgreSQLContainer(DockerImageName.parse(IMAGE));
            container.start();
            Runtime.getRuntime().addShutdownHook(new Thread(container::stop));
            return new Place(
                    container.getJdbcUrl(), container.getUsername(), container.getPassword());
        }

        @SuppressWarnings("resource") // until the tests' JVM ends
        private static Place embedded() {
            try {
                EmbeddedPostgres server = EmbeddedPostgres.start();
                return new Place(server.getJdbcUrl("postgres", "postgres"), "postgres", "");
            } catch (IOException e) {
                throw new UncheckedIOException("no PostgreSQL could be started", e);
            }
        }
    }

    /** A PostgreSQL database that all tests share. */
    public static Place postgres() {
        migrate(Postgres.ONE);
        return Postgres.ONE;
    }

    /** A new H2 database in memory, set as the server's own is. */
    public static Place h2() {
        var place =
                new Place(
                        "jdbc:h2:mem:test"
                                + COUNT.incrementAndGet()
                                + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;DB_CLOSE_DELAY=-1",
                        "sa",
                        "");
        migrate(place);
        return place;
    }

    private static void migrate(Place place) {
        Flyway.configure()
                .dataSource(place.dataSource())
                .locations("classpath:db/migration")
                .load()
                .migrate();
    }
}
