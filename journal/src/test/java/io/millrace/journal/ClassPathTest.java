package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import org.junit.jupiter.api.Test;

/** What must, and must never, be on the class path of everything that uses the journal. */
class ClassPathTest {
    @Test
    void nothingThatReportsUse() {
        assertThrows(ClassNotFoundException.class, () -> load("net.openhft.chronicle.analytics.Analytics"));
        assertFalse(
                System.getProperty("java.class.path").contains("chronicle-analytics"),
                () -> "chronicle-analytics is among " + jars());
    }

    /** So that the test above cannot pass because the packages were renamed or Chronicle is not there at all. */
    @Test
    void theFacadeThatWouldLookItUp() {
        assertDoesNotThrow(() -> load("net.openhft.chronicle.core.analytics.AnalyticsFacade"));
    }

    /** aeron-all carries an older copy of Agrona that would shadow ours. */
    @Test
    void oneAgrona() throws Exception {
        var copies = getClass().getClassLoader().getResources("org/agrona/concurrent/UnsafeBuffer.class");
        copies.nextElement();
        assertFalse(copies.hasMoreElements(), () -> "more than one Agrona among " + jars());
    }

    private static Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, ClassPathTest.class.getClassLoader());
    }

    private static String jars() {
        return System.getProperty("java.class.path").replace(File.pathSeparator, "\n  ");
    }
}
