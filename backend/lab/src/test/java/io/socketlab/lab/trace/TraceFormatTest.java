package io.socketlab.lab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TraceFormatTest {

    private static final Path DOCUMENT = Path.of("../../docs/trace-format.md");

    @Test
    void theReferenceIsCurrent() throws IOException {
        String current = TraceFormatDocument.make();
        if (Boolean.getBoolean("trace-format.write")) {
            Files.createDirectories(DOCUMENT.getParent());
            Files.writeString(DOCUMENT, current);
        }
        assertThat(Files.exists(DOCUMENT) && Files.readString(DOCUMENT).equals(current))
                .as(
                        "docs/trace-format.md says what the events are; to make it again: ./mvnw -pl backend/lab -am test"
                                + " -Dtest=TraceFormatTest -Dsurefire.failIfNoSpecifiedTests=false -Dtrace-format.write=true")
                .isTrue();
    }
}
