package io.socketlab.server.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.socketlab.kernel.trace.TraceEvent;
import io.socketlab.lab.capture.Capture;
import io.socketlab.lab.capture.CaptureTooLargeException;
import io.socketlab.lab.capture.Frame;
import io.socketlab.lab.capture.Pcapng;
import io.socketlab.lab.run.RunInterface;
import io.socketlab.lab.trace.Strace;
import io.socketlab.lab.trace.TraceJson;
import io.socketlab.server.account.SignedIn;
import io.socketlab.server.web.Problem;
import io.socketlab.server.web.ProblemException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A run to take along: for Wireshark, as JSON lines, as strace prints it. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
@Tag(name = "Runs")
class CaptureApi {

    private static final String PCAPNG = "application/x-pcapng";
    private static final String END = "2147483647";
    private static final int MOST_FRAMES = 1_000;

    private final Runs runs;
    private final BenchRegistry benches;
    private final Captures captures;

    CaptureApi(Runs runs, BenchRegistry benches, Captures captures) {
        this.runs = runs;
        this.benches = benches;
        this.captures = captures;
    }

    /**
     * @param frames in order
     * @param next the event from which to go on, if there are more
     */
    record FramesView(List<FrameView> frames, OptionalInt next) {}

    /**
     * @param event number of the event of the trace that tells of it
     * @param at virtual nanoseconds
     * @param hex the whole frame, without its check sequence
     */
    record FrameView(
            int event,
            int packet,
            @JsonProperty("interface") String card,
            String direction,
            long at,
            String hex) {

        static FrameView of(Frame frame) {
            return new FrameView(
                    frame.event(),
                    frame.packet(),
                    frame.card(),
                    frame.outgoing() ? "out" : "in",
                    frame.at(),
                    frame.hex());
        }
    }

    @GetMapping(path = "/capture", produces = PCAPNG)
    @Operation(
            operationId = "getRunCapture",
            summary = "A run's frames as pcapng, of one network card or all, up to an event")
    @ApiResponse(
            responseCode = "200",
            description = "The capture",
            content =
                    @Content(
                            mediaType = PCAPNG,
                            schema = @Schema(type = "string", format = "binary")))
    void capture(
            @PathVariable String id,
            @RequestParam(defaultValue = END) int upTo,
            @RequestParam(name = "interface") Optional<String> card,
            @AuthenticationPrincipal SignedIn me,
            HttpServletResponse response)
            throws IOException {
        Run run = runs.readable(me, id);
        Capture whole = captures.of(run).upTo(upTo);
        Capture chosen = card.map(name -> whole.only(find(whole, name))).orElse(whole);
        response.setContentType(PCAPNG);
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, attachment(run, "pcapng"));
        Pcapng.write(chosen, response.getOutputStream());
    }

    private static RunInterface find(Capture capture, String name) {
        return capture.find(name)
                .orElseThrow(() -> {
                    String there =
                            capture.interfaces().stream()
                                    .map(RunInterface::name)
                                    .collect(Collectors.joining(", "));
                    return new ProblemException(
                            HttpStatus.BAD_REQUEST,
                            "invalid-parameter",
                            "Invalid parameter",
                            "Parameter 'interface': expected one of %s, found '%s'."
                                    .formatted(there, name));
                });
    }

    @GetMapping(path = "/frames", produces = MediaType.APPLICATION_JSON_VALUE)
    @Operation(
            operationId = "getRunFrames",
            summary = "A run's frames, 1000 at most, by the numbers of their events")
    FramesView frames(
            @PathVariable String id,
            @RequestParam(defaultValue = "1") int from,
            @RequestParam(defaultValue = END) int to,
            @AuthenticationPrincipal SignedIn me) {
        List<Frame> wanted =
                captures.of(runs.readable(me, id)).frames().stream()
                        .filter(frame -> frame.event() >= from && frame.event() <= to)
                        .limit(MOST_FRAMES + 1L)
                        .toList();
        boolean more = wanted.size() > MOST_FRAMES;
        return new FramesView(
                wanted.stream().limit(MOST_FRAMES).map(FrameView::of).toList(),
                more ? OptionalInt.of(wanted.getLast().event()) : OptionalInt.empty());
    }

    @GetMapping(path = "/trace", produces = MediaType.APPLICATION_NDJSON_VALUE)
    @Operation(
            operationId = "getRunTrace",
            summary = "A run's trace up to an event, one JSON object a line")
    ResponseEntity<String> trace(
            @PathVariable String id,
            @RequestParam(defaultValue = END) int upTo,
            @AuthenticationPrincipal SignedIn me) {
        Run run = runs.readable(me, id);
        return file(run, "jsonl", TraceJson.lines(events(run, upTo)));
    }

    @GetMapping(path = "/strace", produces = MediaType.TEXT_PLAIN_VALUE + ";charset=UTF-8")
    @Operation(
            operationId = "getRunStrace",
            summary = "The calls of a run's tasks up to an event, as strace prints them")
    ResponseEntity<String> strace(
            @PathVariable String id,
            @RequestParam(defaultValue = END) int upTo,
            @AuthenticationPrincipal SignedIn me) {
        Run run = runs.readable(me, id);
        return file(run, "strace.txt", Strace.text(events(run, upTo)));
    }

    private List<TraceEvent> events(Run run, int upTo) {
        return benches.bench(run).events(1, upTo);
    }

    private static ResponseEntity<String> file(Run run, String kind, String text) {
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, attachment(run, kind))
                .body(text);
    }

    private static String attachment(Run run, String kind) {
        return ContentDisposition.attachment()
                .filename("%s-%d.%s".formatted(run.labId(), run.attempt(), kind))
                .build()
                .toString();
    }

    @ExceptionHandler
    ProblemDetail tooLarge(CaptureTooLargeException e) {
        return Problem.of(
                HttpStatus.UNPROCESSABLE_CONTENT,
                "capture-too-large",
                "Capture too large",
                e.getMessage() + " Run the script by the command line to capture it.");
    }

    @ExceptionHandler
    ProblemDetail unavailable(BenchUnavailableException e) {
        return Problem.of(
                HttpStatus.CONFLICT,
                "run-unavailable",
                "Run unavailable",
                String.valueOf(e.getMessage()));
    }
}
