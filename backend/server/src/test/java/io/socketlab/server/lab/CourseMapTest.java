package io.socketlab.server.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.catalogue.LabCatalogue;
import io.socketlab.lab.model.Lab;
import io.socketlab.server.lab.CourseMap.Edge;
import io.socketlab.server.lab.CourseMap.Place;
import io.socketlab.server.lab.CourseMap.Topic;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** On the labs that come with the server. */
class CourseMapTest {

    private final Collection<Lab> labs =
            LabCatalogue.ofClassPath(CourseMapTest.class.getClassLoader()).all();

    private final CourseMap map = CourseMap.of(labs);

    private final Map<String, Place> byId =
            map.labs().stream().collect(Collectors.toMap(Place::id, Function.identity()));

    @Test
    void everyLabHasAPlaceOfItsOwnWithinThePicture() {
        assertThat(byId).hasSameSizeAs(labs);
        for (Place one : map.labs()) {
            assertThat(one.x() + one.width()).isLessThanOrEqualTo(map.width());
            assertThat(one.y() + one.height()).isLessThanOrEqualTo(map.height());
            for (Place other : map.labs()) {
                boolean apart =
                        one.id().equals(other.id())
                                || one.x() != other.x()
                                || Math.abs(one.y() - other.y()) >= one.height();
                assertThat(apart).as("%s and %s", one.id(), other.id()).isTrue();
            }
        }
    }

    @Test
    void aLabStandsRightOfWhatItBuildsOn() {
        assertThat(map.edges()).isNotEmpty();
        for (Edge edge : map.edges()) {
            assertThat(place(edge.from()).x()).isLessThan(place(edge.to()).x());
        }
    }

    @Test
    void whatFollowsFromOtherLinesIsNotDrawn() {
        List<String> leadToRecovery =
                map.edges().stream()
                        .filter(edge -> edge.to().equals("cc2-recovery-or-timeout"))
                        .map(Edge::from)
                        .toList();
        assertThat(place("cc2-recovery-or-timeout").after()).containsExactly("CC1", "R2");
        assertThat(leadToRecovery).containsExactly("r2-three-duplicates");
    }

    @Test
    void topicsAreToldInWords() {
        assertThat(map.topics().stream().flatMap(f -> f.topics().stream()).map(Topic::name))
                .contains("slow start", "accept()", "SO_LINGER");
        assertThat(map.topics()).allSatisfy(f -> assertThat(f.name()).matches("[A-Z].*"));
    }

    @Test
    void topicsThatAreWrittenTogetherHaveNames() {
        List<String> asWritten =
                labs.stream()
                        .flatMap(lab -> lab.about().topics().stream())
                        .distinct()
                        .filter(topic -> topic.endsWith("." + TopicNames.name(topic)))
                        .toList();
        assertThat(asWritten)
                .as("single words, and no others")
                .containsExactlyInAnyOrder(
                        "commands.counters",
                        "commands.sysctl",
                        "link.queue",
                        "processes.scheduler",
                        "processes.threads",
                        "tcp.close",
                        "tcp.fairness",
                        "tcp.framing",
                        "tcp.handshake",
                        "tcp.keepalive",
                        "tcp.listen",
                        "tcp.loss",
                        "tcp.reordering",
                        "tcp.reset",
                        "tcp.states",
                        "udp.boundaries",
                        "udp.connected",
                        "udp.loss",
                        "udp.truncation");
    }

    @Test
    void howDeepALabStandsIsHowManyLeadToIt() {
        assertThat(place("c1-handshake").depth()).isZero();
        assertThat(place("c5-goodbye").depth()).isEqualTo(1);
        assertThat(place("e1-threads-or-events").depth()).isEqualTo(4);
    }

    private Place place(String id) {
        Place found = byId.get(id);
        assertThat(found).as(id).isNotNull();
        return found;
    }
}
