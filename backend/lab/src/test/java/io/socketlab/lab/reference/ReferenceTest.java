package io.socketlab.lab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages in docs/ are what the commands print. */
class ReferenceTest {

    private static final Path DOCS = Path.of("../../docs");

    @ParameterizedTest(name = "socketlab {0} > docs/{1}")
    @CsvSource({"reference, reference.md", "schema, lab.schema.json"})
    void thePageIsCurrent(String command, String file) throws IOException {
        var out = new ByteArrayOutputStream();
        int code = new Cli().run(new String[] {command}, new PrintStream(out), System.err);
        assertThat(code).isZero();
        assertThat(DOCS.resolve(file))
                .as("to make it again: socketlab %s > docs/%s", command, file)
                .hasContent(out.toString(StandardCharsets.UTF_8));
        assertThat(Files.readString(DOCS.resolve(file))).endsWith("\n");
    }
}
