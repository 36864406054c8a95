package io.millrace.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file locks of this process, as the kernel lists them. */
final class ProcessLocks {
    private static final Path LOCKS = Path.of("/proc/locks");

    private ProcessLocks() {}

    /** True where there is no such list. */
    static boolean holdsOneOn(final Path file) throws IOException {
        final String end = ":" + Files.getAttribute(file, "unix:ino");
        return !Files.exists(LOCKS)
                || Files.readAllLines(LOCKS).stream()
                        .map(line -> line.trim().split("\\s+"))
                        .anyMatch(fields -> fields.length > 5
                                && fields[4].equals(
                                        String.valueOf(ProcessHandle.current().pid()))
                                && fields[5].endsWith(end));
    }
}
