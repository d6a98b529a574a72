package io.socketlab.server;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** Which feature may use which. */
@AnalyzeClasses(
        packages = "io.socketlab.server",
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule FEATURES =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer("account")
                    .definedBy("..server.account..")
                    .layer("web")
                    .definedBy("..server.web..")
                    .layer("lab")
                    .definedBy("..server.lab..")
                    .layer("run")
                    .definedBy("..server.run..")
                    .layer("bench")
                    .definedBy("..server.bench..")
                    .layer("grading")
                    .definedBy("..server.grading..")
                    .layer("webhook")
                    .definedBy("..server.webhook..")
                    .layer("compile")
                    .definedBy("..server.compile..")
                    .whereLayer("compile")
                    .mayOnlyBeAccessedByLayers("run", "grading")
                    .layer("privacy")
                    .definedBy("..server.privacy..")
                    .whereLayer("privacy")
                    .mayNotBeAccessedByAnyLayer()
                    .layer("course")
                    .definedBy("..server.course..")
                    .layer("regrade")
                    .definedBy("..server.regrade..")
                    .whereLayer("regrade")
                    .mayNotBeAccessedByAnyLayer()
                    .layer("integrity")
                    .definedBy("..server.integrity..")
                    .whereLayer("integrity")
                    .mayNotBeAccessedByAnyLayer()
                    .layer("classroom")
                    .definedBy("..server.classroom..")
                    .whereLayer("classroom")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("course")
                    .mayOnlyBeAccessedByLayers("regrade", "classroom", "integrity")
                    .layer("authoring")
                    .definedBy("..server.authoring..")
                    .whereLayer("authoring")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("bench")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("webhook")
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer("grading")
                    .mayOnlyBeAccessedByLayers("webhook", "regrade", "authoring")
                    .whereLayer("run")
                    .mayOnlyBeAccessedByLayers(
                            "bench",
                            "grading",
                            "privacy",
                            "course",
                            "regrade",
                            "authoring",
                            "classroom",
                            "integrity")
                    .whereLayer("lab")
                    .mayOnlyBeAccessedByLayers(
                            "run",
                            "grading",
                            "course",
                            "regrade",
                            "authoring",
                            "classroom",
                            "integrity")
                    .whereLayer("web")
                    .mayOnlyBeAccessedByLayers(
                            "account",
                            "compile",
                            "lab",
                            "run",
                            "bench",
                            "grading",
                            "webhook",
                            "course",
                            "privacy",
                            "regrade",
                            "authoring",
                            "classroom",
                            "integrity")
                    .whereLayer("account")
                    .mayOnlyBeAccessedByLayers(
                            "web",
                            "lab",
                            "run",
                            "bench",
                            "grading",
                            "webhook",
                            "course",
                            "privacy",
                            "regrade",
                            "authoring",
                            "classroom",
                            "integrity");

    @ArchTest
    static final ArchRule NO_CYCLES_BEYOND_SIGN_IN =
            slices().matching(
                            "io.socketlab.server.(compile|lab|run|bench|grading|webhook|course|privacy|regrade|authoring|classroom|integrity)..")
                    .should()
                    .beFreeOfCycles();

    @ArchTest
    static final ArchRule KERNEL_ONLY_THROUGH_THE_TRACE =
            ArchRuleDefinition.noClasses()
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.socketlab.kernel.tcp..",
                            "io.socketlab.kernel.udp..",
                            "io.socketlab.kernel.ip..",
                            "io.socketlab.kernel.link..",
                            "io.socketlab.kernel.host..",
                            "io.socketlab.kernel.syscall..");
}
