package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.lab.model.LabFiles;
import io.socketlab.lab.model.TextFiles;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The files of a lab that is copied. */
class LabFolderTest {

    private static final TextFiles LAB =
            new TextFiles(
                    "a-lab",
                    Map.of("lab.yaml", "id: a-lab", "assets/queue.svg", "<svg/>"),
                    Map.of(
                            "solution/in_c.wasm", new byte[] {1},
                            "programs/peer.wasm", new byte[] {2},
                            "assets/dot.png", new byte[] {3}));

    @Test
    void aCopyHasItsProgramsAndItsImages() {
        LabFolder copy = LabFolder.copyOf(LAB);
        assertThat(copy.paths())
                .containsExactly(
                        "assets/dot.png",
                        "assets/queue.svg",
                        "lab.yaml",
                        "programs/peer.wasm",
                        "solution/in_c.wasm");
        assertThat(copy.octets("assets/dot.png")).hasValue(new byte[] {3});
    }

    @Test
    void whoDoesTheLabCannotStartASolution() {
        LabFiles files = LabFolder.copyOf(LAB).named("a-lab");
        assertThat(files.program("programs/peer.wasm")).isPresent();
        assertThat(files.program("solution/in_c.wasm")).isEmpty();
        assertThat(files.answer("solution/in_c.wasm")).isPresent();
    }

    @Test
    void onlyWhatIsCalledOneIsAnImage() {
        LabFiles files = LabFolder.copyOf(LAB).named("a-lab");
        assertThat(files.image("assets/queue.svg"))
                .hasValue("<svg/>".getBytes(StandardCharsets.UTF_8));
        assertThat(files.image("assets/dot.png")).isPresent();
        assertThat(files.image("lab.yaml")).isEmpty();
        assertThat(files.image("assets/lost.png")).isEmpty();
    }
}
