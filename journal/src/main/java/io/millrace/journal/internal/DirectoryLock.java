package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import io.millrace.journal.JournalLockedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a journal directory to one writer: an exclusive lock on the file {@code lock}, which names the holder. The kernel
 * releases the lock when the process dies, however it dies. Who holds it is alone, so Chronicle's own locks, which outlive
 * a process and name it by PID only, can be thrown away.
 *
 * <p>The kernel also releases it when the holding process closes <em>any</em> channel on that file. So a second opening
 * from the same process is refused by a set of the directories held, before it touches the file.
 */
final class DirectoryLock implements AutoCloseable {
    static final String FILE_NAME = "lock";
    private static final Logger LOG = LoggerFactory.getLogger(DirectoryLock.class);

    /** Two texts: whose death the next opening judges by, and behind it who holds the lock now. */
    private static final int TEXT_BYTES = 512;

    private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

    private final Path realDirectory;
    private final FileChannel channel;
    private final LockHolder previous;

    private DirectoryLock(final Path realDirectory, final FileChannel channel, final LockHolder previous) {
        this.realDirectory = realDirectory;
        this.channel = channel;
        this.previous = previous;
    }

    static DirectoryLock acquire(final Path directory) {
        final Path real = realPath(directory);
        if (!HELD_BY_THIS_PROCESS.add(real)) {
            throw new JournalLockedException(directory, ProcessHandle.current().pid());
        }
        FileChannel channel = null;
        boolean held = false;
        try {
            channel = FileChannel.open(
                    real.resolve(FILE_NAME),
                    PrivateFiles.options(
                            StandardOpenOption.CREATE,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            LinkOption.NOFOLLOW_LINKS),
                    PrivateFiles.MODE);
            final DirectoryLock lock = new DirectoryLock(real, channel, lock(directory, channel));
            held = true;
            return lock;
        } catch (final IOException e) {
            throw new JournalException("journal lock must be readable and writable: directory=" + directory, e);
        } finally {
            if (!held) {
                HELD_BY_THIS_PROCESS.remove(real);
                closeUnheld(channel);
            }
        }
    }

    static boolean isHeldByThisProcess(final Path directory) {
        return HELD_BY_THIS_PROCESS.contains(realPath(directory));
    }

    private static void closeUnheld(final FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (final IOException e) {
            LOG.warn("a journal lock that could not be had must be closed", e);
        }
    }

    private static Path realPath(final Path directory) {
        try {
            return directory.toRealPath();
        } catch (final IOException e) {
            throw new JournalException("journal directory must be usable: directory=" + directory, e);
        }
    }

    /** Returns who held it before. */
    private static LockHolder lock(final Path directory, final FileChannel channel) throws IOException {
        if (tryLock(channel) == null) {
            throw new JournalLockedException(
                    directory, LockHolder.parse(readText(channel, TEXT_BYTES)).pid());
        }
        final LockHolder previous = LockHolder.parse(readText(channel, 0));
        write(channel, TEXT_BYTES, "pid=" + ProcessHandle.current().pid());
        return previous;
    }

    /** Null when the lock is held by another process, or by code of this one that is not the journal's. */
    private static FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException e) {
            return null;
        }
    }

    private static String readText(final FileChannel channel, final long offset) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(TEXT_BYTES);
        channel.read(bytes, offset);
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /** Of constant length, so that it needs no space once it was written. */
    private static void write(final FileChannel channel, final long offset, final String text) throws IOException {
        final byte[] padded = new byte[TEXT_BYTES];
        Arrays.fill(padded, (byte) ' ');
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        padded[TEXT_BYTES - 1] = '\n';
        channel.write(ByteBuffer.wrap(padded), offset);
    }

    /**
     * Writes this process down as the holder whose death the next opening judges by. Not before what the holder before
     * left has been dealt with: until then a recovery that is cut short must find the same as this one did.
     */
    void nameHolder() {
        try {
            write(
                    channel,
                    0,
                    LockHolder.current(realDirectory.resolve(FILE_NAME)).text());
            channel.force(true);
        } catch (final IOException e) {
            throw new JournalException("journal lock must be writable: directory=" + realDirectory, e);
        }
    }

    /** Who held the directory before, as far as can be known. */
    LockHolder previous() {
        return previous;
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
