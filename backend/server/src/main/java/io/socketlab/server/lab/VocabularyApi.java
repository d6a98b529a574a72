package io.socketlab.server.lab;

import io.socketlab.lab.check.Vocabulary;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What patterns and conditions of a lab can name, for editors; docs/reference.md is the same. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Labs")
class VocabularyApi {

    /** A name and what it stands for. */
    @Schema(name = "VocabularyEntry")
    record EntryView(@Schema(example = "cwnd") String name, String meaning) {

        static List<EntryView> of(List<Vocabulary.Entry> entries) {
            return entries.stream().map(e -> new EntryView(e.name(), e.meaning())).toList();
        }
    }

    /**
     * An event of the trace.
     *
     * @param fields those that a pattern can ask for, with their types
     */
    @Schema(name = "VocabularyEvent")
    record EventView(@Schema(example = "SegmentSent") String name, List<EntryView> fields) {}

    /**
     * All of it.
     *
     * @param functions over patterns and metrics, as they are written: {@code count(PATTERN)}
     * @param host what stands behind a host and a dot: {@code server.listen[PORT]}
     * @param connection metrics of a connection, {@code client.cwnd}
     * @param listener of a listening socket, {@code server.listen[8080].acceptq}
     * @param datagram of a datagram socket, {@code server.udp[53].rcvbuf.used}
     * @param costs of a host, {@code server.cost.calls}
     * @param calls each with the arguments of its longest form
     * @param reasons to drop a packet
     */
    @Schema(name = "Vocabulary")
    record VocabularyView(
            List<EntryView> functions,
            List<EntryView> host,
            List<EntryView> connection,
            List<EntryView> listener,
            List<EntryView> datagram,
            List<EntryView> costs,
            List<EventView> events,
            List<EntryView> calls,
            List<EntryView> reasons,
            List<String> timers,
            List<String> states) {}

    @GetMapping("/lab-vocabulary")
    @Operation(
            operationId = "getLabVocabulary",
            summary = "What patterns and conditions of a lab can name, for editors")
    VocabularyView vocabulary() {
        return new VocabularyView(
                EntryView.of(Vocabulary.functions()),
                EntryView.of(Vocabulary.ofHost()),
                EntryView.of(Vocabulary.ofConnection()),
                EntryView.of(Vocabulary.ofListener()),
                EntryView.of(Vocabulary.ofDatagramSocket()),
                EntryView.of(Vocabulary.costs()),
                Vocabulary.events().stream()
                        .map(e -> new EventView(e.name(), EntryView.of(e.fields())))
                        .toList(),
                EntryView.of(Vocabulary.calls()),
                EntryView.of(Vocabulary.reasons()),
                Vocabulary.timers(),
                Vocabulary.states());
    }
}
