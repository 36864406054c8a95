package io.millrace.concurrency;

import io.millrace.journal.JvmFlags;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Main;

/**
 * Runs jcstress with the JVM flags that Agrona needs in the JVMs it forks: those are not started from this jar's
 * manifest. Everything else on the command line is jcstress's own.
 */
public final class Stress {
    private static final List<String> FLAGS = List.of(
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.util.zip=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    private static final int FIRST_JAVA_THAT_WARNS = 24;

    private Stress() {}

    /**
     * Runs the tests.
     *
     * @param arguments of jcstress
     * @throws Exception if jcstress fails
     */
    public static void main(final String[] arguments) throws Exception {
        JvmFlags.require();
        final List<String> flags = new ArrayList<>(FLAGS);
        if (Runtime.version().feature() >= FIRST_JAVA_THAT_WARNS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        final List<String> all = new ArrayList<>(List.of(arguments));
        all.add("-jvmArgsPrepend");
        all.add(String.join(" ", flags));
        Main.main(all.toArray(String[]::new));
    }
}
