package io.socketlab.lab.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.socketlab.lab.model.LabException;
import io.socketlab.lab.model.LabException.Problem;
import io.socketlab.lab.model.TextFiles;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every mistake that can be made in a lab's folder is told at its place, with what was expected.
 * The table is {@code mistakes-of-authors.txt}: what of which file is replaced by what, and what is
 * said of the place at the mark.
 */
class MistakesOfAuthorsTest {

    private static final String LAB = "small-lab";
    private static final char MARK = '¶';
    private static final Set<String> LABS = Set.of(LAB, "other-lab");

    private static Path resource(String name) throws URISyntaxException {
        URL url = MistakesOfAuthorsTest.class.getClassLoader().getResource(name);
        return Path.of(Objects.requireNonNull(url, name).toURI());
    }

    private static Map<String, String> files() throws IOException, URISyntaxException {
        Path folder = resource(LAB);
        var texts = new TreeMap<String, String>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return texts;
    }

    /** A row of the table. */
    private record Row(String file, String what, String by, String said) {}

    private static List<Row> rows() throws IOException, URISyntaxException {
        return Files.readString(resource("mistakes-of-authors.txt"))
                .transform(text -> Stream.of(text.split("\n\n", -1)))
                .map(String::strip)
                .filter(block -> !block.isEmpty() && !block.startsWith("#"))
                .map(block -> block.split("\n", -1))
                .map(lines -> new Row(lines[0], line(lines[1]), line(lines[2]), lines[3]))
                .toList();
    }

    private static String line(String text) {
        return text.replace("\\n", "\n");
    }

    @Test
    void theLabIsRightWithoutThem() throws Exception {
        assertThat(FolderReader.read(new TextFiles(LAB, files()), LABS).id()).isEqualTo(LAB);
    }

    @TestFactory
    Stream<DynamicTest> eachIsToldAtItsPlace() throws Exception {
        Map<String, String> right = files();
        return rows().stream()
                .map(row -> DynamicTest.dynamicTest(row.by, () -> assertTold(right, row)));
    }

    private static void assertTold(Map<String, String> right, Row row) {
        String before = Objects.requireNonNull(right.get(row.file), row.file);
        assertThat(before).as("what is replaced stands there").contains(row.what);
        int start = before.indexOf(row.what);
        int mark = row.by.indexOf(MARK);
        String by = row.by.replace(String.valueOf(MARK), "");
        String text = before.substring(0, start) + by + before.substring(start + row.what.length());
        var files = new HashMap<>(right);
        files.put(row.file, text);
        LabException e =
                catchThrowableOfType(
                        LabException.class,
                        () -> FolderReader.read(new TextFiles(LAB, files), LABS));
        assertThat(e).as("it is refused").isNotNull();
        int at = start + mark;
        int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
        int column = at - text.lastIndexOf('\n', at - 1);
        assertThat(e.problems())
                .containsExactly(new Problem(LAB + "/" + row.file, line, column, row.said));
    }
}
