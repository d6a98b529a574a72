package io.socketlab.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The catalogues of rules and of drop reasons hold what the kernel says, no more. */
class RuleCatalogueTest {

    /** No blanks at either end, and a full stop. */
    private static final String SENTENCES = "\\S.*[^.\\s]\\.";

    @Test
    void everyRuleIsGivenAsAReasonSomewhereInTheKernel() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::name)).isSubsetOf(used(Rule.class));
    }

    @Test
    void ruleIdsAreUniqueAndOfOneForm() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::id))
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[A-Z0-9]+(\\.[A-Z0-9_]+)+"), "AUTHORITY.WHAT");
    }

    @Test
    void everyRuleSaysWhereItIsFromAndWhatItIs() {
        assertThat(Rule.values())
                .allSatisfy(rule -> {
                    assertThat(rule.source()).isNotBlank();
                    assertThat(rule.sentence()).matches(SENTENCES);
                    assertThat(rule.misunderstanding()).matches(SENTENCES);
                });
    }

    @Test
    void everyDropReasonIsGivenSomewhereInTheKernel() {
        assertThat(Arrays.stream(DropReason.values()).map(DropReason::name))
                .isSubsetOf(used(DropReason.class));
    }

    /** They stand after a colon, and close no sentence of their own. */
    @Test
    void dropReasonsAreClausesEachOfItsOwn() {
        assertThat(Arrays.stream(DropReason.values()).map(DropReason::text))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[a-z].*[^.\\s]"), "a clause without a full stop");
    }

    /** The constants that code outside the catalogue names. */
    private static Set<String> used(Class<? extends Enum<?>> catalogue) {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.socketlab.kernel")
                        .stream()
                        .flatMap(c -> c.getFieldAccessesFromSelf().stream())
                        .filter(a -> a.getTargetOwner().isEquivalentTo(catalogue))
                        .filter(a -> !a.getOriginOwner().isEquivalentTo(catalogue))
                        .map(JavaFieldAccess::getName)
                        .collect(Collectors.toSet());
    }
}
