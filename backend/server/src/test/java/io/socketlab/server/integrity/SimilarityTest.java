package io.socketlab.server.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.server.course.CourseRole;
import io.socketlab.server.course.Member;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SimilarityTest {

    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

    /** A program as somebody writes it who has his own ways. */
    private static final String CHAT =
            """
            #include <sys/socket.h>
            #define BACKLOG_OF_MINE 17
            static int table[33];
            static void broadcast(int from, const char *text, int length) {
                for (int slot = 0; slot < 33; slot++) {
                    if (table[slot] == 0 || table[slot] == from) continue;
                    int sent = 0;
                    while (sent < length) {
                        int n = send(table[slot], text + sent, length - sent, MSG_NOSIGNAL);
                        if (n <= 0) break;
                        sent += n;
                    }
                }
            }
            int main(void) {
                int listener = socket(AF_INET, SOCK_STREAM, 0);
                struct sockaddr_in me = {.sin_family = AF_INET, .sin_port = htons(PORT)};
                bind(listener, (struct sockaddr *)&me, sizeof me);
                listen(listener, BACKLOG_OF_MINE);
                for (;;) {
                    int guest = accept(listener, 0, 0);
                    char line[777];
                    int got = recv(guest, line, sizeof line, 0);
                    broadcast(guest, line, got);
                }
            }
            """;

    private static Work work(String name, long seed, Set<String> parameters, String text) {
        var member =
                new Member(
                        UUID.randomUUID(),
                        UUID.randomUUID(),
                        Optional.of(UUID.randomUUID()),
                        CourseRole.STUDENT,
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        Optional.empty());
        return new Work(
                member,
                UUID.randomUUID(),
                seed,
                NOW.plusSeconds(seed),
                text.lines().toList(),
                parameters);
    }

    @Test
    void aCopyIsFoundThoughItsPortItsNamesAndItsBlanksAreOthers() {
        Work ada = work("Ada", 1, Set.of("20001"), CHAT.replace("PORT", "20001"));
        String copied =
                CHAT.replace("PORT", "20002")
                        .replace("guest", "visitor")
                        .replace("slot", "i")
                        .replace("broadcast", "tell_all")
                        .replace("    ", "\t")
                        .replace("int sent = 0;", "int sent = 0; // how much is out");
        Work bob = work("Bob", 2, Set.of("20002"), copied);
        List<Similarity.Pair> pairs = Similarity.pairs(List.of(bob, ada), _ -> List.of());
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst().one().member().name()).isEqualTo("Ada");
        assertThat(pairs.getFirst().percent()).isGreaterThan(90);
    }

    @Test
    void whatTheLabItselfHasIsNobodysOwn() {
        Work ada = work("Ada", 1, Set.of("20001"), CHAT.replace("PORT", "20001"));
        Work bob = work("Bob", 2, Set.of("20002"), CHAT.replace("PORT", "20002"));
        assertThat(Similarity.pairs(List.of(ada, bob), work -> List.of(work.lines()))).isEmpty();
    }

    @Test
    void aValueOfAnothersSeedIsFoundWhereItStands() {
        Work ada = work("Ada", 1, Set.of("20001"), "server: bind(3, *:20001)");
        Work bob = work("Bob", 2, Set.of("20002"), "server: bind(3, *:20001)\nclient: socket()");
        Work eve = work("Eve", 3, Set.of("20003"), "server: bind(3, *:8080)");
        List<Similarity.Foreign> found = Similarity.foreign(List.of(ada, bob, eve));
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().work()).isEqualTo(bob);
        assertThat(found.getFirst().value()).isEqualTo("20001");
        assertThat(found.getFirst().others()).containsExactly(ada);
    }
}
