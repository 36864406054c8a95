package io.millrace.faults.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each planted bug changes a method that is there. */
final class PlantedBugTest {
    @ParameterizedTest
    @EnumSource
    void shouldChangeItsClassWhenPlanted(final PlantedBug bug) throws IOException {
        final ClassFileLocator classFiles =
                ClassFileLocator.ForClassLoader.of(getClass().getClassLoader());
        final TypeDescription type =
                TypePool.Default.of(classFiles).describe(bug.className()).resolve();
        final byte[] sound = new ByteBuddy().redefine(type, classFiles).make().getBytes();

        final byte[] planted = bug.kind()
                .plant(new ByteBuddy().redefine(type, classFiles), bug)
                .make()
                .getBytes();

        assertTrue(type.getDeclaredMethods().stream()
                .anyMatch(method -> method.getInternalName().equals(bug.method())));
        assertFalse(Arrays.equals(sound, planted));
    }
}
