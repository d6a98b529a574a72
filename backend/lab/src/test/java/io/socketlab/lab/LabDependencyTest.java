package io.socketlab.lab;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The lab's packages lie on one another, and on the kernel's, as the table says. */
class LabDependencyTest {

    private static final String OURS = "io.socketlab.lab.";
    private static final String KERNEL = "io.socketlab.kernel.";
    private static final String SANDBOX = "io.socketlab.sandbox.";

    /** Which packages each package may use, itself, the JDK and libraries aside. */
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    entry("expr", Set.of()),
                    entry("trace", Set.of("kernel.trace", "kernel.wire")),
                    // what a kernel tells, as programs print it: nothing of scripts or runs
                    entry(
                            "command",
                            Set.of(
                                    "expr",
                                    "kernel.host",
                                    "kernel.ip",
                                    "kernel.link",
                                    "kernel.sim",
                                    "kernel.socket",
                                    "kernel.sysctl",
                                    "kernel.tcp",
                                    "kernel.wire")),
                    entry(
                            "script",
                            Set.of(
                                    "expr",
                                    "command",
                                    "kernel.libc",
                                    "kernel.poll",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.wait",
                                    "kernel.wire")),
                    // what somebody does to a network: it knows of no run and no lab
                    entry(
                            "fault",
                            Set.of(
                                    "expr",
                                    "script",
                                    "kernel.host",
                                    "kernel.link",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.trace")),
                    // what a script's programs do next: it knows of no run, no task and no time
                    entry(
                            "program",
                            Set.of(
                                    "script",
                                    "kernel.poll",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.wait",
                                    "kernel.wire")),
                    // judges a trace: it knows neither how a run came about nor the lab it is of
                    entry(
                            "check",
                            Set.of(
                                    "expr",
                                    "trace",
                                    "kernel.socket",
                                    "kernel.tcp",
                                    "kernel.trace",
                                    "kernel.wire")),
                    entry(
                            "model",
                            Set.of(
                                    "expr",
                                    "check",
                                    "fault",
                                    "kernel.link",
                                    "kernel.dns",
                                    "kernel.sim",
                                    "kernel.sysctl",
                                    "kernel.trace",
                                    "kernel.wire",
                                    "script")),
                    entry("statement", Set.of("expr", "model")),
                    // what C programs did, by their trace alone
                    entry("remark", Set.of("kernel.trace", "sandbox.program")),
                    entry(
                            "run",
                            Set.of(
                                    "expr",
                                    "check",
                                    "fault",
                                    "script",
                                    "program",
                                    "command",
                                    "model",
                                    "remark",
                                    "trace",
                                    "sandbox.engine",
                                    "sandbox.module",
                                    "sandbox.program",
                                    "kernel.daemon",
                                    "kernel.dns",
                                    "kernel.host",
                                    "kernel.libc",
                                    "kernel.link",
                                    "kernel.sim",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.trace",
                                    "kernel.wire")),
                    // the frames of a run, and what its trace tells of them
                    entry(
                            "capture",
                            Set.of("check", "model", "run", "kernel.link", "kernel.trace")),
                    entry(
                            "packetdrill",
                            Set.of(
                                    "command",
                                    "script",
                                    "kernel.host",
                                    "kernel.ip",
                                    "kernel.link",
                                    "kernel.sim",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.sysctl",
                                    "kernel.trace",
                                    "kernel.wire")),
                    entry(
                            "grade",
                            Set.of(
                                    "expr",
                                    "script",
                                    "check",
                                    "model",
                                    "statement",
                                    "run",
                                    "diff",
                                    "capture",
                                    "remark",
                                    "trace",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.trace",
                                    "sandbox.compile")),
                    entry("catalogue", Set.of("model", "run", "script", "statement")),
                    // two traces side by side: nothing of how they came about
                    entry("diff", Set.of("check", "kernel.trace")),
                    entry(
                            "record",
                            Set.of(
                                    "expr",
                                    "check",
                                    "model",
                                    "run",
                                    "script",
                                    "kernel.trace",
                                    "kernel.wire")),
                    entry("reference", Set.of("check", "kernel.trace", "model", "script")),
                    entry(
                            "bench",
                            Set.of(
                                    "check",
                                    "grade",
                                    "model",
                                    "run",
                                    "kernel.host",
                                    "kernel.link",
                                    "kernel.poll",
                                    "kernel.sim",
                                    "kernel.socket",
                                    "kernel.syscall",
                                    "kernel.trace",
                                    "kernel.wire")),
                    entry(
                            "cli",
                            Set.of(
                                    "remark",
                                    "bench",
                                    "capture",
                                    "packetdrill",
                                    "reference",
                                    "record",
                                    "diff",
                                    "script",
                                    "catalogue",
                                    "check",
                                    "model",
                                    "trace",
                                    "run",
                                    "grade",
                                    "kernel.trace",
                                    "sandbox.compile")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("io.socketlab.lab");

    @TestFactory
    Stream<DynamicTest> packagesUseOnlyWhatTheyMay() {
        return MAY_USE.entrySet().stream()
                .map(e -> dynamicTest(e.getKey(), () -> checkUses(e.getKey(), e.getValue())));
    }

    /** A permission that nothing needs would let a dependency in unseen. */
    @Test
    void theTableAllowsNoMoreThanThereIs() {
        Map<String, Set<String>> uses = new TreeMap<>();
        MAY_USE.forEach((part, _) -> uses.put(part, uses(part)));
        assertThat(uses).isEqualTo(MAY_USE);
    }

    @Test
    void packagesHaveNoCycles() {
        Set<String> below = new TreeSet<>();
        while (below.size() < MAY_USE.size()) {
            Set<String> next =
                    MAY_USE.entrySet().stream()
                            .filter(e -> !below.contains(e.getKey()))
                            .filter(e -> below.containsAll(ours(e.getValue())))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
            assertThat(next).as("what lies on no more than " + below).isNotEmpty();
            below.addAll(next);
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().filter(LabDependencyTest::isOurs).map(LabDependencyTest::part))
                .isSubsetOf(MAY_USE.keySet());
    }

    /** A verdict depends on the inputs alone, so that replaying them gives the same again. */
    @Test
    void nothingThatDecidesAVerdictAsksTheMachineForTimeOrChance() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        OURS + "expr",
                        OURS + "script",
                        OURS + "program",
                        OURS + "check",
                        OURS + "run")
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.time..", "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.util.Random")
                .check(CLASSES);
    }

    private static void checkUses(String part, Set<String> allowed) {
        assertThat(CLASSES.stream().filter(c -> isOurs(c) && part(c).equals(part)))
                .as("classes of " + part)
                .isNotEmpty();
        Set<String> surplus =
                dependencies(part)
                        .filter(d -> !allowed.contains(part(d.getTargetClass())))
                        .map(Dependency::getDescription)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(surplus).isEmpty();
    }

    private static Set<String> uses(String part) {
        return dependencies(part).map(d -> part(d.getTargetClass())).collect(Collectors.toSet());
    }

    private static Stream<Dependency> dependencies(String part) {
        return CLASSES.stream()
                .filter(c -> isOurs(c) && part(c).equals(part))
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(d -> isOurs(d.getTargetClass()) || isBelow(d.getTargetClass()))
                .filter(d -> !part(d.getTargetClass()).equals(part));
    }

    /** Those of them that are the lab's: the kernel's own test holds the kernel's. */
    private static Set<String> ours(Set<String> parts) {
        return parts.stream().filter(MAY_USE::containsKey).collect(Collectors.toSet());
    }

    private static boolean isOurs(JavaClass c) {
        return c.getPackageName().startsWith(OURS);
    }

    private static boolean isBelow(JavaClass c) {
        return c.getPackageName().startsWith(KERNEL) || c.getPackageName().startsWith(SANDBOX);
    }

    private static String part(JavaClass c) {
        return isOurs(c)
                ? c.getPackageName().substring(OURS.length())
                : c.getPackageName().substring("io.socketlab.".length());
    }
}
