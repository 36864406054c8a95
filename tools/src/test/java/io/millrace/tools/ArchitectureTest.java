package io.millrace.tools;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The layering of the modules that the command is made of.
 *
 * <p>The public API of a module is its root package (and, for engine and projections, the package {@code typed}
 * below it). What is not API lies in {@code io.millrace.<module>.internal} or below it and is nobody else's.
 */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.millrace");

    private static final Set<String> MODULES = Set.of("journal", "engine", "projections", "examples", "tools");

    /** Guards all rules below: they may pass on an empty module, but not because nothing was read. */
    @Test
    void everyClassBelongsToAModule() {
        Set<String> found = CLASSES.stream().map(ArchitectureTest::moduleOf).collect(Collectors.toSet());
        assertTrue(MODULES.containsAll(found), () -> "classes outside the modules: " + found);
        assertTrue(found.contains("tools"), "no class was read");
    }

    @Test
    void modulesDependOneWay() {
        layeredArchitecture()
                .consideringOnlyDependenciesInAnyPackage("io.millrace..")
                .withOptionalLayers(true)
                .layer("journal")
                .definedBy("io.millrace.journal..")
                .layer("engine")
                .definedBy("io.millrace.engine..")
                .layer("projections")
                .definedBy("io.millrace.projections..")
                .layer("examples")
                .definedBy("io.millrace.examples..")
                .layer("tools")
                .definedBy("io.millrace.tools..")
                .whereLayer("tools")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("examples")
                .mayOnlyBeAccessedByLayers("tools")
                .whereLayer("projections")
                .mayOnlyBeAccessedByLayers("examples", "tools")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers("projections", "examples", "tools")
                .whereLayer("journal")
                .mayOnlyBeAccessedByLayers("engine", "projections", "examples", "tools")
                .check(CLASSES);
    }

    @Test
    void theJournalKnowsOnlyChronicleAndAgrona() {
        check(classes()
                .that()
                .resideInAPackage("io.millrace.journal..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "", "java..", "org.agrona..", "net.openhft..", "org.slf4j..", "io.millrace.journal.."));
    }

    @Test
    void theJournalKeepsChronicleBehindItsApi() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.millrace..")
                .and()
                .resideOutsideOfPackage("io.millrace.journal..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("net.openhft.."));
    }

    @Test
    void onlyTheEngineKnowsTheDisruptor() {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace..")
                .and()
                .resideOutsideOfPackage("io.millrace.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.lmax.."));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "engine", "projections", "examples", "tools"})
    void internalsAreNobodyElses(String module) {
        check(noClasses()
                .that()
                .resideInAPackage("io.millrace..")
                .and()
                .resideOutsideOfPackage("io.millrace." + module + "..")
                .should(dependOnClassesThat(resideInAnyPackage("io.millrace." + module + ".internal.."))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "engine", "projections"})
    void apiLiesWhereItIsLookedFor(String module) {
        check(classes()
                .that()
                .resideInAPackage("io.millrace." + module + "..")
                .should()
                .resideInAnyPackage(
                        "io.millrace." + module,
                        "io.millrace." + module + ".internal..",
                        "io.millrace.engine.typed",
                        "io.millrace.projections.typed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"journal", "engine", "projections"})
    void signaturesOfTheApiNameNoInternals(String module) {
        check(classes()
                .that()
                .resideInAPackage("io.millrace." + module + "..")
                .and()
                .resideOutsideOfPackage("io.millrace." + module + ".internal..")
                .and()
                .arePublic()
                .should(nameNoInternalsInPublicSignatures()));
    }

    /**
     * Packages of different modules cannot form a cycle, so this is about cycles within one. The root package and
     * {@code internal} are left out as a pair: factories in the one know the other, which implements the one's
     * interfaces.
     */
    @ParameterizedTest
    @ValueSource(strings = {"journal", "engine", "projections", "examples", "tools"})
    void noCyclesBetweenPackages(String module) {
        check(slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        String root = "io.millrace." + module;
                        String name = type.getPackageName();
                        if (!(name + ".").startsWith(root + ".")) {
                            return SliceIdentifier.ignore();
                        }
                        return SliceIdentifier.of(name.equals(root + ".internal") ? root : name);
                    }

                    @Override
                    public String getDescription() {
                        return "packages of " + module;
                    }
                })
                .should()
                .beFreeOfCycles());
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }

    private static String moduleOf(JavaClass type) {
        return type.getPackageName().split("\\.")[2];
    }

    /**
     * Constructors may take internals: that is how a module's own factory makes an API class, and nobody else can call
     * one, having no internals to pass.
     */
    private static ArchCondition<JavaClass> nameNoInternalsInPublicSignatures() {
        return new ArchCondition<>("name no internal types in public or protected signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (JavaMember member : type.getMembers()) {
                    if (member instanceof JavaConstructor) {
                        continue;
                    }
                    boolean visible = member.getModifiers().contains(JavaModifier.PUBLIC)
                            || member.getModifiers().contains(JavaModifier.PROTECTED);
                    boolean synthetic = member.getModifiers().contains(JavaModifier.SYNTHETIC);
                    if (visible
                            && !synthetic
                            && member.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTest::isInternal)) {
                        events.add(SimpleConditionEvent.violated(member, member.getDescription()));
                    }
                }
                for (JavaType parent : type.getInterfaces()) {
                    if (isInternal(parent.toErasure())) {
                        events.add(SimpleConditionEvent.violated(
                                type, type.getName() + " implements " + parent.getName()));
                    }
                }
                type.getRawSuperclass()
                        .filter(ArchitectureTest::isInternal)
                        .ifPresent(parent -> events.add(
                                SimpleConditionEvent.violated(type, type.getName() + " extends " + parent.getName())));
            }
        };
    }

    private static boolean isInternal(JavaClass type) {
        return (type.getPackageName() + ".").matches("io\\.millrace\\.\\w+\\.internal\\..*");
    }
}
