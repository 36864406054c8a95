package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import io.millrace.journal.JournalLockedException;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a journal directory to one writer: an exclusive lock on the file {@code lock}, which names the holder's PID, its
 * start time and the kernel's boot id. The kernel releases the lock when the process dies, however it dies.
 *
 * <p>The kernel also releases it when the holding process closes <em>any</em> channel on that file. So a second opening
 * from the same process is refused by a set of the directories held, before it touches the file.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "lock";
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path realDirectory;
    private final FileChannel channel;

    private DirectoryLock(final Path realDirectory, final FileChannel channel) {
        this.realDirectory = realDirectory;
        this.channel = channel;
    }

    static DirectoryLock acquire(final Path directory) {
        final Path real = realPath(directory);
        if (!HELD_BY_THIS_PROCESS.add(real)) {
            throw new JournalLockedException(directory, ProcessHandle.current().pid());
        }
        try {
            return new DirectoryLock(real, lock(directory, real.resolve(FILE_NAME)));
        } catch (final Throwable e) {
            HELD_BY_THIS_PROCESS.remove(real);
            throw e;
        }
    }

    private static Path realPath(final Path directory) {
        try {
            return directory.toRealPath();
        } catch (final IOException e) {
            throw new JournalException("journal directory must be usable: directory=" + directory, e);
        }
    }

    private static FileChannel lock(final Path directory, final Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                throw new JournalLockedException(directory, holderPid(channel));
            }
            writeHolder(channel);
            return channel;
        } catch (final IOException e) {
            Closing.quietly(channel, e);
            throw new JournalException("journal lock must be readable and writable: file=" + file, e);
        } catch (final Throwable e) {
            Closing.quietly(channel, e);
            throw e;
        }
    }

    /** Null when the lock is held by another process, or by code of this one that is not the journal's. */
    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    private static void writeHolder(final FileChannel channel) throws IOException {
        final ProcessHandle self = ProcessHandle.current();
        final String text = "pid=" + self.pid() + "\nstartTime="
                + self.info().startInstant().map(Object::toString).orElse("unknown") + "\nbootId=" + bootId() + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
        channel.force(true);
    }

    private static String bootId() throws IOException {
        return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "unknown";
    }

    private static long holderPid(final FileChannel channel) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(512);
        channel.read(bytes, 0);
        final Properties holder = new Properties();
        holder.load(new StringReader(new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8)));
        final String pid = holder.getProperty("pid", "");
        return pid.matches("\\d{1,18}") ? Long.parseLong(pid) : -1;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new JournalException("journal lock must be released: directory=" + realDirectory, e);
        } finally {
            HELD_BY_THIS_PROCESS.remove(realDirectory);
        }
    }
}
