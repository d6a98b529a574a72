package io.socketlab.server.integrity;

import static io.socketlab.server.integrity.Works.member;
import static io.socketlab.server.integrity.Works.work;
import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarityTest {

    private static final LabCatalogue LABS =
            LabCatalogue.ofClassPath(SimilarityTest.class.getClassLoader());

    /** A program as somebody writes it who has ways of their own. */
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

    /** Lines of a console, typed by somebody who tries a lot. */
    private static final String TYPED =
            """
            client: socket(AF_INET, SOCK_DGRAM, 0)
            client: connect(3, ADDRESS:PORT)
            client: close(3)
            client: socket(AF_INET, SOCK_STREAM, 0)
            client: setsockopt(3, SOL_SOCKET, SO_RCVBUF, 31337)
            client: connect(3, ADDRESS:PORT)
            server: ss -tan
            server: socket(AF_INET, SOCK_STREAM, 0)
            server: setsockopt(3, SOL_SOCKET, SO_REUSEADDR, 1)
            server: bind(3, *:PORT)
            server: listen(3, 77)
            run until 3s
            client: send(3, "is anybody there?")
            server: accept(3)
            server: recv(4, 55)
            """;

    private static final Set<Long> NOTHING_KNOWN = Set.of();

    private static Given given(String... values) {
        return new Given(Set.of(values), Set.of(values));
    }

    private static Lab lab(String id) {
        return LABS.find(id).orElseThrow();
    }

    private static Set<Set<String>> names(List<Similarity.Pair> pairs) {
        return pairs.stream()
                .map(pair -> Set.of(pair.one().member().name(), pair.other().member().name()))
                .collect(Collectors.toSet());
    }

    @Test
    void aCopyIsFoundThoughItsPortItsNamesAndItsBlanksAreOthers() {
        Work ada = work("Ada", 1, given("20001"), CHAT.replace("PORT", "20001"));
        String copied =
                CHAT.replace("PORT", "20002")
                        .replace("guest", "visitor")
                        .replace("slot", "i")
                        .replace("broadcast", "tell_all")
                        .replace("BACKLOG_OF_MINE", "QUEUE")
                        .replace("    ", "\t")
                        .replace("int sent = 0;", "int sent = 0; // how much is out")
                        .replace("if (n <= 0)", "/* gone,\n or \"full */ if (n <= 0)")
                        .replace("for (;;) {", "for (;;) { /* for\never */");
        Work bob = work("Bob", 2, given("20002"), copied);
        List<Similarity.Pair> pairs = Similarity.pairs(List.of(bob, ada), NOTHING_KNOWN);
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst().one().member().name()).isEqualTo("Ada");
        assertThat(pairs.getFirst().percent()).isEqualTo(100);
    }

    @Test
    void aCopiedConsoleIsFoundWithTheAddressesOfAnotherSeed() {
        String adas = TYPED.replace("ADDRESS", "10.4.137.2").replace("PORT", "20001");
        String bobs = TYPED.replace("ADDRESS", "10.4.9.2").replace("PORT", "20002");
        Work ada = work("Ada", 1, given("20001", "137", "10.4.137.2"), adas);
        Work bob = work("Bob", 2, given("20002", "10.4.9.2"), bobs);
        List<Similarity.Pair> pairs = Similarity.pairs(List.of(ada, bob), NOTHING_KNOWN);
        assertThat(pairs).hasSize(1);
        assertThat(pairs.getFirst().percent()).isEqualTo(100);
    }

    @Test
    void threeWhoHaveTheSameAreFoundInASmallClass() {
        List<Work> works = new ArrayList<>();
        for (String name : List.of("Ada", "Bob", "Eve")) {
            works.add(work(name, works.size() + 1L, Given.NOTHING, TYPED));
        }
        for (int i = 0; i < 8; i++) {
            works.add(work("Student " + i, 10L + i, Given.NOTHING, "client: sleep(" + i + ")\n"));
        }
        assertThat(names(Similarity.pairs(works, NOTHING_KNOWN)))
                .containsExactlyInAnyOrder(
                        Set.of("Ada", "Bob"), Set.of("Ada", "Eve"), Set.of("Bob", "Eve"));
    }

    @Test
    void whatMoreThanAQuarterOfAClassHasIsTheTasks() {
        List<Work> works = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            String text = i < 4 ? TYPED : "client: sleep(" + i + ")\n";
            works.add(work("Student " + i, i, Given.NOTHING, text));
        }
        assertThat(Similarity.pairs(works, NOTHING_KNOWN)).isEmpty();
    }

    @Test
    void nobodyIsComparedWithThemselves() {
        var ada = member("Ada");
        Work first = work(ada, 1, Given.NOTHING, TYPED);
        Work second = work(ada, 2, Given.NOTHING, TYPED);
        assertThat(Similarity.pairs(List.of(first, second), NOTHING_KNOWN)).isEmpty();
    }

    @Test
    void whatTheLabItselfHasIsNobodysOwn() {
        Lab lab = lab("t2-address-in-use");
        var handout = new Handout(lab);
        var works = new ArrayList<Work>();
        for (long seed = 1; seed <= 2; seed++) {
            String text = lab.file("solution/plain.pkt", seed).orElseThrow();
            works.add(work("Student " + seed, seed, handout.given(seed), text));
        }
        assertThat(Similarity.pairs(works, handout)).isEmpty();
        // and it is not that they are too short
        assertThat(Similarity.pairs(works, NOTHING_KNOWN)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    send(3, "http://x", 8); // all of it | send ( 3 , "http://x" , 8 ) ;
                    'it"s' x                             | 'it"s' name
                    say("a \\" /* b", 1)                 | name ( "a \\" /* b" , 1 )
                    it's 10.4.137.2:20001                | name ' name {} : {}
                    net 10.4.137.255/24                  | name 10 4 {} 255 / 24
                    x = SIZE_OF_MINE + AF_INET           | name = name + AF_INET
                    predict(rto) = 20ms                  | predict ( name ) = 20ms
                    +0.1 server.2: accept(3) = 4         | + 0 . 1 server . 2 : accept ( 3 )
                    """)
    void tokensAreWhatIsOnesOwn(String line, String tokens) {
        List<List<String>> lines = Normal.lines(List.of(line), given("137", "20001", "10.4.137.2"));
        assertThat(String.join(" ", lines.getFirst())).isEqualTo(tokens);
    }

    @Test
    void longTextsAreReadLineByLine() {
        String hostile = "x \"" + "\\a1.".repeat(200_000) + "\n" + "1".repeat(200_000) + ": (";
        assertThat(Normal.lines(hostile.lines().toList(), Given.NOTHING)).hasSize(2);
    }

    @Test
    void aValueOfAnothersSeedIsFoundWhereItStands() {
        Lab lab = lab("t2-address-in-use");
        var handout = new Handout(lab);
        Map<Long, String> ports = Map.of(1L, value(lab, "port", 1), 2L, value(lab, "port", 2));
        assertThat(ports.get(1L)).isNotEqualTo(ports.get(2L));
        Work ada =
                work("Ada", 1, handout.given(1), "server: bind(3, *:%s)".formatted(ports.get(1L)));
        Work bob =
                work(
                        "Bob",
                        2,
                        handout.given(2),
                        "server: bind(3, *:%s)\nserver: bind(3, *:%s)"
                                .formatted(ports.get(2L), ports.get(1L)));
        Work eve = work("Eve", 3, handout.given(3), "server: bind(3, *:8080)");
        List<Similarity.Foreign> found = Similarity.foreign(List.of(ada, bob, eve), handout);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().work()).isEqualTo(bob);
        assertThat(found.getFirst().value()).isEqualTo(ports.get(1L));
        assertThat(found.getFirst().others()).containsExactly(ada);
    }

    @Test
    void anAddressOfAnothersNetworkIsFound() {
        Lab lab = lab("t2-address-in-use");
        var handout = new Handout(lab);
        String adas = "10.4.%s.2".formatted(value(lab, "net", 1));
        Work ada = work("Ada", 1, handout.given(1), "");
        Work bob = work("Bob", 2, handout.given(2), "client: ping " + adas);
        assertThat(Similarity.foreign(List.of(ada, bob), handout))
                .extracting(Similarity.Foreign::value)
                .containsExactly(adas);
    }

    private static String value(Lab lab, String parameter, long seed) {
        return lab.parameters(seed).values().get(parameter).toString();
    }

    @Test
    void aChoiceOfAFewOrWhatTheLabSaysIsNobodysValue() {
        Lab lab = lab("b2-write-that-blocks"); // sndbuf is 8192, 12288 or 16384
        var handout = new Handout(lab);
        var works = new ArrayList<Work>();
        for (long seed = 1; seed <= 12; seed++) {
            works.add(
                    work(
                            "Student " + seed,
                            seed,
                            handout.given(seed),
                            """
                            client: setsockopt(3, SOL_SOCKET, SO_SNDBUF, 8192)
                            client: setsockopt(3, SOL_SOCKET, SO_SNDBUF, 16384)
                            """));
        }
        assertThat(works)
                .extracting(work -> value(lab, "sndbuf", work.seed()))
                .contains("8192", "16384");
        assertThat(Similarity.foreign(works, handout)).isEmpty();
    }

    @Test
    void aLineThatBothHaveIsMarked() {
        Work ada = work("Ada", 1, given("20001"), "server: bind(3, *:20001)\nserver: listen(3, 9)");
        Work bob = work("Bob", 2, given("20002"), "server:  bind(3, *:20002) // mine\nrun\n");
        assertThat(Similarity.lines(ada, bob))
                .containsExactly(
                        new Similarity.Line("server: bind(3, *:20001)", true),
                        new Similarity.Line("server: listen(3, 9)", false));
    }
}
