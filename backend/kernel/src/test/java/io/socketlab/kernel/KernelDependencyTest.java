package io.socketlab.kernel;

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
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The kernel's packages lie on one another as the table says, and none below knows one above. */
class KernelDependencyTest {

    private static final String ROOT = "io.socketlab.kernel";

    /** Which packages each package may use, itself and the JDK aside. */
    private static final Map<String, Set<String>> MAY_USE =
            Map.ofEntries(
                    entry("sim", Set.of()),
                    entry("wire", Set.of()),
                    entry("wait", Set.of()),
                    entry("sysctl", Set.of()),
                    entry("trace", Set.of("sim", "wire")),
                    entry("link", Set.of("sim", "wire", "trace")),
                    entry("ip", Set.of("sim", "wire", "trace", "link")),
                    entry("socket", Set.of("sim", "wire", "wait", "sysctl")),
                    entry(
                            "udp",
                            Set.of(
                                    "sim", "wire", "trace", "wait", "link", "ip", "socket",
                                    "sysctl")),
                    // a window and what changes it: nothing of sockets or packets
                    entry("tcp.congestion", Set.of()),
                    entry(
                            "tcp",
                            Set.of(
                                    "sim",
                                    "wire",
                                    "trace",
                                    "wait",
                                    "link",
                                    "ip",
                                    "socket",
                                    "sysctl",
                                    "tcp.congestion")),
                    entry("dns", Set.of("wire")),
                    entry("libc", Set.of("sim", "wire", "dns", "socket", "syscall")),
                    entry("daemon", Set.of("sim", "wire", "dns", "socket", "syscall")),
                    entry("poll", Set.of("sim", "wait", "socket")),
                    entry(
                            "syscall",
                            Set.of("sim", "wire", "trace", "wait", "socket", "poll", "sysctl")),
                    entry(
                            "host",
                            Set.of(
                                    "sim", "wire", "trace", "wait", "link", "ip", "socket",
                                    "sysctl", "udp", "tcp", "syscall", "libc")));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(ROOT);

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
                            .filter(e -> below.containsAll(e.getValue()))
                            .map(Map.Entry::getKey)
                            .collect(Collectors.toSet());
            assertThat(next).as("what lies on no more than " + below).isNotEmpty();
            below.addAll(next);
        }
    }

    @Test
    void everyPackageIsInTheTable() {
        assertThat(CLASSES.stream().map(KernelDependencyTest::part)).isSubsetOf(MAY_USE.keySet());
    }

    /**
     * A run is decided by its seed and inputs alone: the machine's time and chance stay outside.
     */
    @Test
    void nothingAsksTheMachineForTimeChanceOrThreads() {
        noClasses()
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.util.concurrent..", "java.time..", "java.net..", "java.nio.file..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Random.class)
                .check(CLASSES);
    }

    private static void checkUses(String part, Set<String> allowed) {
        assertThat(CLASSES.stream().filter(c -> part(c).equals(part)))
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
                .filter(c -> part(c).equals(part))
                .flatMap(c -> c.getDirectDependenciesFromSelf().stream())
                .filter(d -> inKernel(d.getTargetClass()))
                .filter(d -> !part(d.getTargetClass()).equals(part));
    }

    private static boolean inKernel(JavaClass c) {
        return c.getPackageName().startsWith(ROOT + ".");
    }

    private static String part(JavaClass c) {
        return c.getPackageName().substring(ROOT.length() + 1);
    }
}
