package io.millrace.examples.driver;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * Public data sets with an answer key that lie beside the repository and are no part of it. Found by the system property
 * {@code millrace.sharedData}, else as {@code shared/data} or {@code ../shared/data} of a folder from the working directory
 * upwards. Tests that need one are skipped where it is absent.
 */
public final class SharedData {
    private static final String PROPERTY = "millrace.sharedData";

    private SharedData() {}

    /** A file of the data sets; skips the test when it is not there. */
    public static Path file(final String name) {
        final Path file = directory().resolve(name);
        Assumptions.assumeTrue(Files.isRegularFile(file), "shared/data not present, test skipped: " + name);
        return file;
    }

    private static Path directory() {
        final String configured = System.getProperty(PROPERTY);
        if (configured != null) {
            return Path.of(configured);
        }
        final Path relative = Path.of("shared", "data");
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve(relative))) {
                return at.resolve(relative);
            }
        }
        return relative;
    }
}
