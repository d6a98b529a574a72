package io.socketlab.server.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.socketlab.sandbox.compile.CCompiler;
import io.socketlab.sandbox.compile.Compilation;
import io.socketlab.sandbox.compile.CompilerFailedException;
import io.socketlab.sandbox.compile.Message;
import io.socketlab.sandbox.compile.Sources;
import io.socketlab.server.Databases;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** One compiler for everybody, with what it has made in a database; the same for both databases. */
class SharedCompilerTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Nested
    class OnH2 extends Cases {
        @Override
        Databases.Place place() {
            return Databases.h2();
        }
    }

    @Nested
    class OnPostgres extends Cases {
        @Override
        Databases.Place place() {
            return Databases.postgres();
        }
    }

    /** Makes of a source its own text, as often as a gate lets it. */
    private static final class Counting implements CCompiler {

        final AtomicInteger calls = new AtomicInteger();
        final Map<String, CountDownLatch> gates = new ConcurrentHashMap<>();
        final Map<String, CountDownLatch> begun = new ConcurrentHashMap<>();
        volatile String name = "clang 1.0";
        volatile boolean fails;

        @Override
        public String name() {
            return name;
        }

        @Override
        public Compilation compile(Sources sources) throws InterruptedException {
            calls.incrementAndGet();
            String text = sources.text();
            begun.computeIfAbsent(text, _ -> new CountDownLatch(1)).countDown();
            CountDownLatch gate = gates.get(text);
            if (gate != null && !gate.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the gate of " + text + " was never opened");
            }
            if (fails) throw new CompilerFailedException("It broke.");
            if (text.contains("wrong")) {
                return new Compilation.Refused(
                        List.of(new Message(Message.Severity.ERROR, "a.c", 1, 2, "it is wrong")));
            }
            return new Compilation.Made(text.getBytes(StandardCharsets.UTF_8), List.of());
        }

        CountDownLatch gate(String text) {
            var gate = new CountDownLatch(1);
            gates.put(text, gate);
            return gate;
        }

        void awaitBegun(String text) throws InterruptedException {
            assertThat(
                            begun.computeIfAbsent(text, _ -> new CountDownLatch(1))
                                    .await(60, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** A clock that stands until it is moved. */
    private static final class Hands extends Clock {

        private Instant now = Instant.parse("2026-01-02T03:04:05Z");

        void forward(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    abstract static class Cases {

        private final Counting clang = new Counting();
        private final Hands clock = new Hands();
        private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        private final UUID ada = new UUID(0, 1);
        private final UUID bob = new UUID(0, 2);
        private JdbcClient jdbc;

        abstract Databases.Place place();

        @BeforeEach
        void begin() {
            jdbc = JdbcClient.create(place().dataSource());
            jdbc.sql("delete from compilation").update();
        }

        @AfterEach
        void end() {
            clang.gates.values().forEach(CountDownLatch::countDown);
            threads.close();
        }

        private CompilationStore store(long most) {
            return new CompilationStore(jdbc, JsonMapper.builder().build(), clock, most);
        }

        private SharedCompiler shared(int atOnce) {
            return new SharedCompiler(clang, store(1 << 20), atOnce);
        }

        private static Compilation compile(SharedCompiler shared, UUID account, String text)
                throws InterruptedException {
            return shared.of(account, LONG).compile(new Sources(Map.of("a.c", text)));
        }

        private Future<Compilation> later(SharedCompiler shared, UUID account, String text) {
            return threads.submit(() -> compile(shared, account, text));
        }

        private static String text(Compilation compilation) {
            return new String(((Compilation.Made) compilation).wasm(), StandardCharsets.UTF_8);
        }

        @Test
        void whatAHundredHandInAtOnceIsCompiledOnce() throws Exception {
            SharedCompiler shared = shared(2);
            CountDownLatch gate = clang.gate("same");
            List<Future<Compilation>> all = new ArrayList<>();
            for (int i = 0; i < 100; i++) all.add(later(shared, new UUID(1, i), "same"));
            clang.awaitBegun("same");
            gate.countDown();
            for (var one : all) assertThat(text(one.get())).isEqualTo("same");
            assertThat(clang.calls).hasValue(1);
        }

        @Test
        void whatWasCompiledOutlivesTheServerAndIsOfItsCompiler() throws Exception {
            compile(shared(2), ada, "good");
            Compilation refused = compile(shared(2), ada, "wrong");
            assertThat(text(compile(shared(2), bob, "good"))).isEqualTo("good");
            assertThat(compile(shared(2), bob, "wrong")).isEqualTo(refused);
            assertThat(clang.calls).hasValue(2);
            clang.name = "clang 2.0";
            compile(shared(2), bob, "good");
            assertThat(clang.calls).as("by another compiler").hasValue(3);
        }

        @Test
        void neitherNameNorTextOfAFileIsTakenForAnothers() throws Exception {
            CCompiler mine = shared(2).of(ada, LONG);
            mine.compile(new Sources(Map.of("a.c", "x", "b.c", "y")));
            mine.compile(new Sources(Map.of("a.c", "xy", "b.c", "")));
            mine.compile(new Sources(Map.of("a.c", "y", "b.c", "x")));
            mine.compile(new Sources(Map.of("a.c", "x", "c.c", "y")));
            assertThat(clang.calls).hasValue(4);
        }

        @Test
        void whoseSourcesTakeLongKeepsOnePlaceAndNoOthers() throws Exception {
            SharedCompiler shared = shared(2);
            CountDownLatch gate = clang.gate("long");
            Future<Compilation> first = later(shared, ada, "long");
            clang.awaitBegun("long");
            Future<Compilation> second = later(shared, ada, "short");
            assertThat(text(compile(shared, bob, "another's"))).isEqualTo("another's");
            assertThat(first.isDone()).isFalse();
            assertThat(second.isDone()).as("the same account's next one").isFalse();
            gate.countDown();
            assertThat(text(second.get())).isEqualTo("short");
        }

        @Test
        void thereIsAnEndToWaiting() throws Exception {
            SharedCompiler shared = shared(1);
            CountDownLatch gate = clang.gate("long");
            Future<Compilation> first = later(shared, ada, "long");
            clang.awaitBegun("long");
            CCompiler impatient = shared.of(bob, Duration.ZERO);
            assertThatThrownBy(() -> impatient.compile(new Sources(Map.of("a.c", "b"))))
                    .isInstanceOf(CompilerFailedException.class)
                    .hasMessage("Too much is being compiled just now.");
            gate.countDown();
            assertThat(text(first.get())).isEqualTo("long");
            assertThat(text(impatient.compile(new Sources(Map.of("a.c", "b"))))).isEqualTo("b");
        }

        @Test
        void whatFailsIsTriedAgainByWhoeverWaitsForIt() throws Exception {
            SharedCompiler shared = shared(2);
            CountDownLatch gate = clang.gate("same");
            clang.fails = true;
            Future<Compilation> first = later(shared, ada, "same");
            clang.awaitBegun("same");
            Future<Compilation> second = later(shared, bob, "same");
            gate.countDown();
            assertThatThrownBy(first::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(CompilerFailedException.class);
            assertThatThrownBy(second::get).hasCauseInstanceOf(CompilerFailedException.class);
            assertThat(clang.calls).hasValue(2);
            clang.fails = false;
            assertThat(text(compile(shared, ada, "same"))).isEqualTo("same");
        }

        @Test
        void whatWasNotUsedForLongestGoesFirst() throws Exception {
            // rows of about 500 octets and their text
            var small = new SharedCompiler(clang, store(3_000), 2);
            String a = "a".repeat(800);
            String b = "b".repeat(800);
            String c = "c".repeat(800);
            compile(small, ada, a);
            clock.forward(Duration.ofHours(2));
            compile(small, ada, b);
            clock.forward(Duration.ofHours(2));
            compile(small, ada, a); // used
            clock.forward(Duration.ofHours(2));
            compile(small, ada, c); // too much
            assertThat(clang.calls).hasValue(3);
            compile(small, ada, a);
            compile(small, ada, c);
            assertThat(clang.calls).as("they are still there").hasValue(3);
            compile(small, ada, b);
            assertThat(clang.calls).as("it is not").hasValue(4);
        }
    }
}
