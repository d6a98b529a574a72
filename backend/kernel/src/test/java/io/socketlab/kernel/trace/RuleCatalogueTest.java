package io.socketlab.kernel.trace;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rule catalogue holds what the kernel says, no more. */
class RuleCatalogueTest {

    @Test
    void everyRuleIsGivenAsAReasonSomewhereInTheKernel() {
        assertThat(Arrays.stream(Rule.values()).map(Rule::name)).isSubsetOf(used());
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
                    assertThat(rule.sentence()).isNotBlank();
                    assertThat(rule.misunderstanding()).isNotBlank();
                });
    }

    /** The rules that code outside the catalogue names. */
    private static Set<String> used() {
        return new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.socketlab.kernel")
                        .stream()
                        .flatMap(c -> c.getFieldAccessesFromSelf().stream())
                        .filter(a -> a.getTargetOwner().isEquivalentTo(Rule.class))
                        .filter(a -> !a.getOriginOwner().isEquivalentTo(Rule.class))
                        .map(JavaFieldAccess::getName)
                        .collect(Collectors.toSet());
    }
}
