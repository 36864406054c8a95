package io.millrace.journal.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files and directories that only their owner may read: 0600 and 0700, whatever the umask. */
final class PrivateFiles {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");

    /** To be given when a file is created. */
    static final FileAttribute<Set<PosixFilePermission>> MODE = PosixFilePermissions.asFileAttribute(FILE);

    private static final FileAttribute<Set<PosixFilePermission>> DIRECTORY_MODE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateFiles() {}

    static Set<OpenOption> options(final OpenOption... options) {
        return Set.of(options);
    }

    /** Creates a directory; its parent must exist. */
    static void createDirectory(final Path directory) throws IOException {
        Files.createDirectory(directory, DIRECTORY_MODE);
    }

    /** Takes a file back from others that was created without {@link #MODE}. */
    static void restrict(final Path file) throws IOException {
        Files.setPosixFilePermissions(file, FILE);
    }
}
