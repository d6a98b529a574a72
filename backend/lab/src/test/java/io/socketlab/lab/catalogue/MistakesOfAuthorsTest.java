package io.socketlab.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketlab.lab.catalogue.AuthorsMistakes.Row;
import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.TextFiles;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every mistake that can be made in a lab's folder is told at its place, and no other is. */
class MistakesOfAuthorsTest {

    private static final String LAB = AuthorsMistakes.LAB;
    private static final Set<String> LABS = Set.of(LAB, "other-lab");

    @Test
    void theLabIsRightWithoutThem() throws Exception {
        var files = new TextFiles(LAB, AuthorsMistakes.files());
        assertThat(FolderReader.read(files, LABS).id()).isEqualTo(LAB);
    }

    @TestFactory
    Stream<DynamicTest> eachIsToldAtItsPlace() throws Exception {
        Map<String, String> right = AuthorsMistakes.files();
        return AuthorsMistakes.rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.by(), () -> assertTold(right, row)));
    }

    private static void assertTold(Map<String, String> right, Row row) {
        String text = row.text(right);
        var files = new HashMap<>(right);
        files.put(row.file(), text);
        LabException e =
                catchThrowableOfType(
                        LabException.class,
                        () -> FolderReader.read(new TextFiles(LAB, files), LABS));
        assertThat(e).as("it is refused").isNotNull();
        int at = row.place(right);
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = at - text.lastIndexOf('\n', at - 1);
        assertThat(e.problems())
                .containsExactly(new Problem(LAB + "/" + row.file(), line, column, row.said()));
    }
}
