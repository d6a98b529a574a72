package io.socketlab.lab.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.socketlab.kernel.trace.Rule;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OtherwiseTest {

    @ParameterizedTest
    @EnumSource(Rule.class)
    void everyRuleSaysWhatWouldHaveHappenedWithoutIt(Rule rule) {
        assertThat(Otherwise.of(rule)).as(rule.id()).endsWith(".");
    }

    @Test
    void nothingIsSaidOfARuleThatIsNotThere() {
        assertThat(Otherwise.ids())
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(Rule.values()).map(Rule::id).toList());
    }
}
