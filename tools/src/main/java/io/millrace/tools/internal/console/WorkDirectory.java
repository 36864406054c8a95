package io.millrace.tools.internal.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where a command keeps its files: a directory that the user named, or a temporary one that is deleted at the end, also
 * when the process is told to stop.
 */
public final class WorkDirectory implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Path path;
    private final Thread hook;

    private WorkDirectory(final Path path, final boolean temporary) {
        this.path = path;
        hook = temporary ? new Thread(this::delete, "millrace-delete") : null;
        if (temporary) {
            Runtime.getRuntime().addShutdownHook(hook);
        }
    }

    /** The named directory, or a temporary one if it is null, which is kept if so wished. */
    public static WorkDirectory of(final Path named, final String prefix, final boolean keep) {
        try {
            if (named == null) {
                return new WorkDirectory(Files.createTempDirectory(prefix), !keep);
            }
            final Path path = named.toAbsolutePath();
            if (!Files.isDirectory(path)) {
                // A journal must be its owner's alone; the directories above may be anybody's.
                Files.createDirectories(path.getParent());
                Files.createDirectory(path, PRIVATE);
            }
            return new WorkDirectory(path, false);
        } catch (final IOException e) {
            throw new ToolException(
                    "directory must be usable: " + (named == null ? prefix + "*" : named) + ": " + e, e);
        }
    }

    /** The directory; it exists. */
    public Path path() {
        return path;
    }

    /** Whether it is gone at the end. */
    public boolean temporary() {
        return hook != null;
    }

    @Override
    public void close() {
        if (hook != null && unhook()) {
            delete();
        }
    }

    /** False when the process is stopping already, and the hook is at work. */
    private boolean unhook() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            return false;
        }
    }

    private void delete() {
        try {
            Files.walkFileTree(path, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(final Path file, final BasicFileAttributes attributes)
                        throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(final Path folder, final IOException failure)
                        throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (final IOException e) {
            throw new UncheckedIOException("temporary directory must be deleted: " + path, e);
        }
    }
}
