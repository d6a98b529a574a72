package io.socketlab.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCatalogueTest {

    @TempDir private Path folder;

    private Path write(String lab, Map<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = folder.resolve(lab).resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return folder.resolve(lab);
    }

    @Test
    void aFolderAddsItsLabsAndReplacesThoseOfTheSameName() throws IOException {
        write("first", Skeleton.files("first"));
        LabCatalogue before = LabCatalogue.ofFolder(folder);
        assertThat(before.labs()).containsOnlyKeys("first");

        Path yaml = folder.resolve("first/lab.yaml");
        Files.writeString(yaml, Files.readString(yaml).replaceFirst("revision: 1", "revision: 7"));
        write("second", Skeleton.files("second"));
        Path second = folder.resolve("second/lab.yaml");
        Files.writeString(second, Files.readString(second) + "after: [first]\n");
        LabCatalogue both = before.and(folder);
        assertThat(both.broken()).isEmpty();
        assertThat(both.labs()).containsOnlyKeys("first", "second");
        assertThat(both.find("first").orElseThrow().revision()).isEqualTo(7);
    }

    @Test
    void aLinkThatLeadsOutOfAFolderIsNotThere() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.md"), "secret");
        Path lab = write("linked", Skeleton.files("linked"));
        Files.delete(lab.resolve("statement.en.md"));
        Files.createSymbolicLink(lab.resolve("statement.en.md"), secret);
        var files = LabCatalogue.ofFolder(folder).find("linked").orElseThrow().files();
        assertThat(files.read("statement.en.md")).isEmpty();
        assertThat(files.read("lab.yaml")).isPresent();
    }

    @Test
    void whatIsWrongIsToldAndTheOthersAreThere() throws IOException {
        write("right", Skeleton.files("right"));
        write("wrong", Skeleton.files("another-name"));
        Files.write(write("octets", Skeleton.files("octets")).resolve("lab.yaml"), new byte[] {-1});
        write("no-lab", Map.of("readme.txt", ""));
        LabCatalogue labs = new LabCatalogue(Map.of(), Map.of()).and(folder);
        assertThat(labs.labs()).containsOnlyKeys("right");
        assertThat(labs.broken()).containsOnlyKeys("wrong", "octets");
        assertThat(labs.broken().get("wrong"))
                .hasMessageContaining("wrong/lab.yaml:")
                .hasMessageContaining("expected the name of the folder, 'wrong'");
        assertThat(labs.broken().get("octets")).hasMessageContaining("octets/lab.yaml:1:1");
    }

    private void after(String lab, String... before) throws IOException {
        Path yaml = write(lab, Skeleton.files(lab)).resolve("lab.yaml");
        Files.writeString(
                yaml, Files.readString(yaml) + "after: [" + String.join(", ", before) + "]\n");
    }

    @Test
    void labsThatComeAfterEachOtherInACircleAreRefused() throws IOException {
        after("first", "second");
        after("second", "third");
        after("third", "first");
        after("fourth", "first");
        LabCatalogue labs = LabCatalogue.ofFolder(folder);
        assertThat(labs.broken()).containsOnlyKeys("first", "second", "third");
        assertThat(labs.labs()).containsOnlyKeys("fourth");
        String problem =
                "expected a lab that can be done before 'first', and 'second' comes after it:"
                        + " second after third after first";
        String yaml = Files.readString(folder.resolve("first/lab.yaml"));
        int line = (int) yaml.lines().count();
        int column = "after: [".length() + 1;
        Problem told = new Problem("first/lab.yaml", line, column, problem);
        assertThat(labs.broken().get("first").problems()).containsExactly(told);
        assertThatExceptionOfType(LabException.class)
                .isThrownBy(() -> LabCatalogue.read(folder.resolve("first"), Set.of()))
                .satisfies(e -> assertThat(e.problems()).containsExactly(told));
    }

    @Test
    void aLabThatTakesTheNameOfAnotherMakesNoCircleWithTheOthers() throws IOException {
        write("first", Skeleton.files("first"));
        after("second", "first");
        LabCatalogue before = LabCatalogue.ofFolder(folder);
        assertThat(before.broken()).isEmpty();
        Files.delete(folder.resolve("second/lab.yaml"));
        after("first", "second");
        LabCatalogue both = before.and(folder);
        assertThat(both.broken()).containsOnlyKeys("first");
    }
}
