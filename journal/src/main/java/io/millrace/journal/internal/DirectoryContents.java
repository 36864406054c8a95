package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What may lie in a journal directory, and who may read it. A directory is as trusted as the code that opens it, so
 * whatever is not the journal's own, or is a link or a pipe, or lies open to others, is refused before anything is read.
 */
final class DirectoryContents {
    /** Chronicle's table of locks and listings. */
    static final String METADATA_FILE = "metadata.cq4t";

    /** Space that is kept for the next cycle. */
    static final String RESERVE_FILE = "reserve";

    /** What was cut is kept here. */
    static final String CUT_DIRECTORY = "cut";

    /** A cycle file is built anew here; nothing in it is worth anything. */
    static final String REBUILD_DIRECTORY = "rebuild";

    private static final Set<String> FILES = Set.of(
            DirectoryLock.FILE_NAME,
            Manifest.FILE_NAME,
            Manifest.NEW_FILE_NAME,
            WatermarkFile.FILE_NAME,
            RESERVE_FILE,
            METADATA_FILE);

    /** The third is what a file system keeps for itself at its root. */
    private static final Set<String> DIRECTORIES = Set.of(CUT_DIRECTORY, REBUILD_DIRECTORY, "lost+found");

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private DirectoryContents() {}

    /** The cycle files of a journal, oldest first. */
    static List<Path> cycles(final Path directory) {
        final List<Path> cycles = new ArrayList<>();
        for (final Path file : list(directory)) {
            if (CycleRoll.cycleOf(file) >= 0) {
                cycles.add(file);
            }
        }
        cycles.sort(Comparator.comparingInt(CycleRoll::cycleOf));
        return cycles;
    }

    private static List<Path> list(final Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        } catch (final IOException e) {
            throw new JournalException("journal directory must be readable: directory=" + directory, e);
        }
    }

    /**
     * Refuses what does not belong here.
     *
     * @param directory of the journal
     * @param allowLoosePermissions whether others may have rights
     */
    static void check(final Path directory, final boolean allowLoosePermissions) {
        try {
            final PosixFileAttributes self = Files.readAttributes(directory, PosixFileAttributes.class);
            if (!allowLoosePermissions) {
                checkPermissions(directory, self, "700");
            }
            for (final Path file : list(directory)) {
                checkFile(file, allowLoosePermissions);
            }
        } catch (final IOException e) {
            throw new JournalException("journal directory must be readable: directory=" + directory, e);
        }
    }

    private static void checkFile(final Path file, final boolean allowLoosePermissions) throws IOException {
        final PosixFileAttributes attributes =
                Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        final String name = file.getFileName().toString();
        final boolean ours = attributes.isDirectory()
                ? DIRECTORIES.contains(name)
                : attributes.isRegularFile() && (FILES.contains(name) || CycleRoll.cycleOf(file) >= 0);
        if (!ours) {
            throw new JournalException("journal directory must hold the journal alone: " + file + " is a "
                    + kind(attributes) + " that does not belong to it; move it elsewhere");
        }
        // Chronicle creates its table readable by all, and a process may die before it was restricted. It is thrown
        // away
        // unread.
        if (!allowLoosePermissions && !attributes.isDirectory() && !name.equals(METADATA_FILE)) {
            checkPermissions(file, attributes, "600");
        }
    }

    private static String kind(final PosixFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return "symbolic link";
        }
        if (attributes.isDirectory()) {
            return "directory";
        }
        return attributes.isRegularFile() ? "file" : "pipe or device";
    }

    private static void checkPermissions(final Path file, final PosixFileAttributes attributes, final String mode)
            throws IOException {
        if (!OWNERS.containsAll(attributes.permissions())) {
            throw new JournalException("journal must be its owner's alone: " + file + " has permissions "
                    + PosixFilePermissions.toString(attributes.permissions()) + "; run 'chmod "
                    + mode + ' ' + file + "', or allow loose permissions in the configuration");
        }
        final int owner = (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
        final int user = user(owner);
        if (owner != user && user != 0) {
            throw new JournalException("journal must belong to the user that opens it: " + file + " is owned by "
                    + attributes.owner().getName()
                    + "; run as that user, or allow loose permissions in the configuration");
        }
    }

    /** The user of this process, as the owner of its entry among the processes; anybody where there are none. */
    private static int user(final int otherwise) throws IOException {
        final Path self = Path.of("/proc/self");
        return Files.exists(self) ? (Integer) Files.getAttribute(self, "unix:uid") : otherwise;
    }
}
