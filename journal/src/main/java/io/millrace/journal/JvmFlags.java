package io.millrace.journal;

import java.util.ArrayList;
import java.util.List;

/**
 * The JVM flags without which Chronicle Queue and Agrona cannot map files. Checked before anything is opened, because
 * Chronicle Queue without them does not fail: it opens the directory read-only and says so in a log line.
 */
public final class JvmFlags {
    private static final List<String> EXPORTS = List.of("sun.nio.ch", "jdk.internal.misc");
    private static final List<String> OPENS = List.of("java.lang.reflect", "java.util.zip");

    private JvmFlags() {}

    /**
     * Checks that every needed package of {@code java.base} is exported or opened to the class path.
     *
     * @throws MissingJvmFlagsException naming the exact flags to add to the command line
     */
    public static void require() {
        final List<String> missing = missing();
        if (!missing.isEmpty()) {
            throw new MissingJvmFlagsException(missing);
        }
    }

    /**
     * The needed flags that this JVM was started without.
     *
     * @return flags as they are written on the command line; empty when all is well
     */
    public static List<String> missing() {
        final Module base = Object.class.getModule();
        final Module user = JvmFlags.class.getModule();
        final List<String> missing = new ArrayList<>();
        for (final String name : EXPORTS) {
            if (!base.isExported(name, user)) {
                missing.add("--add-exports=java.base/" + name + "=ALL-UNNAMED");
            }
        }
        for (final String name : OPENS) {
            if (!base.isOpen(name, user)) {
                missing.add("--add-opens=java.base/" + name + "=ALL-UNNAMED");
            }
        }
        return missing;
    }
}
