package io.socketlab.server.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineDiffTest {

    private static String written(String before, String after) {
        return LineDiff.lines(before, after).stream()
                .map(l -> l.kind().sign() + l.text())
                .collect(Collectors.joining("|"));
    }

    /** The first is the example of Myers's article, figure 2. */
    @ParameterizedTest
    @CsvSource(
            textBlock =
                    """
                    'a b c a b b a', 'c b a b a c', '-a|-b| c|+b| a| b|-b| a|+c'
                    'a b', 'a b', ' a| b'
                    '', 'a b', '+a|+b'
                    'a b', '', '-a|-b'
                    'a b c', 'a x c', ' a|-b|+x| c'
                    """)
    void fewestChanges(String before, String after, String expected) {
        assertThat(written(before.replace(' ', '\n'), after.replace(' ', '\n')))
                .isEqualTo(expected);
    }

    @RepeatedTest(50)
    void eachSideIsWhatItWas(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        String before = text(random);
        String after = text(random);
        List<LineDiff.Line> lines = LineDiff.lines(before, after);
        assertThat(side(lines, LineDiff.Kind.ADDED)).isEqualTo(before.lines().toList());
        assertThat(side(lines, LineDiff.Kind.REMOVED)).isEqualTo(after.lines().toList());
        assertThat(changes(lines)).isEqualTo(fewest(before, after));
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 0, 4)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n"));
    }

    private static List<String> side(List<LineDiff.Line> lines, LineDiff.Kind without) {
        return lines.stream().filter(l -> l.kind() != without).map(LineDiff.Line::text).toList();
    }

    private static long changes(List<LineDiff.Line> lines) {
        return lines.stream().filter(l -> l.kind() != LineDiff.Kind.SAME).count();
    }

    /** By the longest common subsequence, the slow way. */
    private static long fewest(String before, String after) {
        List<String> a = before.lines().toList();
        List<String> b = after.lines().toList();
        int[][] common = new int[a.size() + 1][b.size() + 1];
        for (int i = a.size() - 1; i >= 0; i--) {
            for (int j = b.size() - 1; j >= 0; j--) {
                common[i][j] =
                        a.get(i).equals(b.get(j))
                                ? common[i + 1][j + 1] + 1
                                : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return a.size() + b.size() - 2L * common[0][0];
    }

    @Test
    void changesFarApartAreHunksOfTheirOwn() {
        String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n";
        String after = before.replace("2\n3", "2x\n3").replace("11\n", "");
        List<LineDiff.Hunk> hunks = LineDiff.hunks(before, after);
        assertThat(hunks)
                .extracting(LineDiff.Hunk::range)
                .containsExactly("@@ -1,5 +1,5 @@", "@@ -8,5 +8,4 @@");
        assertThat(LineDiff.hunks(before, before)).isEmpty();
    }

    @Test
    void textsWithNothingInCommonAreToldAsTwo() {
        String before = numbers(0);
        String after = numbers(10_000);
        List<LineDiff.Line> lines = LineDiff.lines(before, after);
        assertThat(side(lines, LineDiff.Kind.ADDED)).isEqualTo(before.lines().toList());
        assertThat(changes(lines)).isEqualTo(6_000);
    }

    private static String numbers(int from) {
        var text = new StringBuilder();
        for (int i = 0; i < 3_000; i++) text.append(from + i).append('\n');
        return text.toString();
    }
}
