package io.millrace.faults.kill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Java installation.
 *
 * @param home its folder
 * @param feature its version
 */
public record Jdk(Path home, int feature) {
    private static final Pattern VERSION = Pattern.compile("JAVA_VERSION=\"(\\d+)");

    /** The one that runs this. */
    public static Jdk ofThisProcess() {
        return new Jdk(
                Path.of(System.getProperty("java.home")), Runtime.version().feature());
    }

    /** The one that runs this, and the newest beside it if that is newer. */
    public static List<Jdk> all() throws IOException {
        final Jdk self = ofThisProcess();
        final List<Jdk> all = new ArrayList<>(List.of(self));
        Jdk newest = self;
        try (Stream<Path> beside = Files.list(self.home().toRealPath().getParent())) {
            for (final Path home : beside.toList()) {
                final int feature = featureOf(home);
                if (feature > newest.feature()) {
                    newest = new Jdk(home, feature);
                }
            }
        }
        if (newest.feature() > self.feature()) {
            all.add(newest);
        }
        return all;
    }

    private static int featureOf(final Path home) throws IOException {
        final Path release = home.resolve("release");
        if (!Files.isExecutable(home.resolve("bin/java")) || !Files.exists(release)) {
            return 0;
        }
        final Matcher version = VERSION.matcher(Files.readString(release));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    Path java() {
        return home.resolve("bin/java");
    }
}
