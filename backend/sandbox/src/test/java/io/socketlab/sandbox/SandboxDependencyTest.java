package io.socketlab.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What the parts of the sandbox know of one another, and of the world. */
class SandboxDependencyTest {

    private static final String ROOT = "io.socketlab.sandbox";

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(ROOT);

    @Test
    void itKnowsTheKernelAndTheEngineAndNobodyAbove() {
        classes()
                .that()
                .resideInAPackage(ROOT + "..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "..",
                        "io.socketlab.kernel..",
                        "com.dylibso.chicory..",
                        "org.jspecify..",
                        "java..")
                .check(CLASSES);
    }

    /** Another engine is a matter of one package. */
    @Test
    void onlyThePackageEngineKnowsChicory() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".engine")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dylibso.chicory..")
                .check(CLASSES);
    }

    @Test
    void lettingInAndRunningKnowNothingOfTheKernel() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".engine", ROOT + ".module")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.socketlab.kernel..", ROOT + ".program")
                .check(CLASSES);
    }

    /** What is compiled is a program somebody wrote, and what runs is a module whoever made it. */
    @Test
    void compilingAndRunningKnowNothingOfOneAnother() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".compile")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.socketlab.kernel..",
                        ROOT + ".program",
                        ROOT + ".module",
                        ROOT + ".engine")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".compile")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".compile")
                .check(CLASSES);
    }

    /** Nothing of the machine is there for a program to reach: compiling it is another matter. */
    @Test
    void nothingTouchesFilesOrTheNetwork() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".compile")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net..", "java.nio.channels..")
                .check(CLASSES);
    }
}
