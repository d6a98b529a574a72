package io.socketlab.lab.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a folder holds is read by its octets, and nothing around it is read at all. */
class FolderFilesTest {

    @TempDir private Path around;

    private FolderFiles folder() throws IOException {
        return new FolderFiles(Files.createDirectories(around.resolve("a-lab")));
    }

    private static void write(FolderFiles files, String path, byte[] octets) throws IOException {
        Files.write(files.folder().resolve(path), octets);
    }

    @Test
    void whatIsNoUtf8IsToldAtItsPlace() throws IOException {
        FolderFiles files = folder();
        write(files, "lab.yaml", "id: a\ntitle: gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));
        LabException e = catchThrowableOfType(LabException.class, () -> files.read("lab.yaml"));
        assertThat(e.problems())
                .containsExactly(
                        new LabException.Problem(
                                "a-lab/lab.yaml", 2, 10, "expected UTF-8, found the octet 0xfc"));
    }

    @Test
    void whatIsUtf8IsReadAsItIs() throws IOException {
        FolderFiles files = folder();
        write(files, "a.md", "gr\u00fcn \ud83d\ude00\r\n".getBytes(StandardCharsets.UTF_8));
        assertThat(files.read("a.md")).contains("gr\u00fcn \ud83d\ude00\r\n");
    }

    @Test
    void nothingOutsideOfItIsRead() throws IOException {
        FolderFiles files = folder();
        Files.writeString(around.resolve("secret"), "secret");
        Files.createSymbolicLink(files.folder().resolve("link.pkt"), around.resolve("secret"));
        assertThat(files.read("../secret")).isEmpty();
        assertThat(files.read(around.resolve("secret").toString())).isEmpty();
        assertThat(files.read("link.pkt")).isEmpty();
        assertThat(files.list("")).isEmpty();
        assertThat(files.list("..")).isEmpty();
    }

    @Test
    void aNameThatNoFileCanHaveIsNoFile() throws IOException {
        FolderFiles files = folder();
        assertThat(files.read("a\0b")).isEmpty();
        assertThat(files.list("a\0b")).isEmpty();
        assertThat(files.image("a\0b.svg")).isEmpty();
        assertThat(files.answer("a\0b.wasm")).isEmpty();
    }
}
