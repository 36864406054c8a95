package io.millrace.journal.internal;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Who holds, or held last, a journal directory, as its lock file says. The boot id tells whether the machine has gone down
 * since: with the same one, only the process died and the page cache is whole. The lock file's own inode number tells
 * whether the directory is the one that was written, or a copy of it.
 *
 * @param pid of the process, -1 when it is not known
 * @param startTime of the process, to tell it from a later one with the same PID
 * @param bootId of the kernel
 * @param inode of the lock file when it was written, -1 when it is not known
 */
record LockHolder(long pid, String startTime, String bootId, long inode) {
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String UNKNOWN = "unknown";

    /** Of this process. */
    private static final String START_TIME = startTime(ProcessHandle.current());

    static LockHolder parse(final String text) {
        final Properties lines = new Properties();
        try {
            lines.load(new StringReader(text));
        } catch (final IOException | IllegalArgumentException e) {
            lines.clear(); // a damaged lock file says nothing
        }
        return new LockHolder(
                number(lines.getProperty("pid", "")),
                lines.getProperty("startTime", UNKNOWN),
                lines.getProperty("bootId", UNKNOWN).strip(),
                number(lines.getProperty("inode", "")));
    }

    /**
     * The holder that a directory's lock file names. A file that this process holds the lock on is not touched: closing it
     * would release the lock.
     */
    static LockHolder read(final Path directory) {
        try {
            if (DirectoryLock.isHeldByThisProcess(directory)) {
                return current(directory.resolve(DirectoryLock.FILE_NAME));
            }
            return parse(Files.readString(directory.resolve(DirectoryLock.FILE_NAME), StandardCharsets.ISO_8859_1));
        } catch (final IOException e) {
            return parse("");
        }
    }

    private static long number(final String text) {
        return text.strip().matches("\\d{1,18}") ? Long.parseLong(text.strip()) : -1;
    }

    static LockHolder current(final Path lockFile) throws IOException {
        final ProcessHandle self = ProcessHandle.current();
        return new LockHolder(self.pid(), START_TIME, currentBootId(), inode(lockFile));
    }

    private static String startTime(final ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse(UNKNOWN);
    }

    private static String currentBootId() {
        try {
            return Files.readString(BOOT_ID).strip();
        } catch (final IOException e) {
            return UNKNOWN; // no Linux; then nothing is concluded from it
        }
    }

    static long inode(final Path file) {
        try {
            return ((Number) Files.getAttribute(file, "unix:ino")).longValue();
        } catch (final IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return -1;
        }
    }

    String text() {
        return "pid=" + pid + "\nstartTime=" + startTime + "\nbootId=" + bootId + "\ninode=" + inode + "\n";
    }

    /** Whether the machine has not gone down since. */
    boolean sameBoot() {
        return !UNKNOWN.equals(bootId) && bootId.equals(currentBootId());
    }

    /** Whether the lock file is still the one that the holder wrote. */
    boolean sameDirectory(final Path directory) {
        return inode >= 0 && inode == inode(directory.resolve(DirectoryLock.FILE_NAME));
    }

    /** Whether the process is running now. */
    boolean alive() {
        return pid >= 0
                && sameBoot()
                && ProcessHandle.of(pid)
                        .filter(process -> startTime(process).equals(startTime.strip()))
                        .isPresent();
    }

    /**
     * Whether the process has the directory open now, as far as can be told without touching its lock: it runs, and has
     * not closed the journal.
     */
    boolean hasOpen(final Path directory, final boolean closedCleanly) {
        return pid == ProcessHandle.current().pid()
                ? DirectoryLock.isHeldByThisProcess(directory)
                : alive() && !closedCleanly;
    }
}
