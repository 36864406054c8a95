package io.millrace.journal.internal;

import io.millrace.journal.JournalDiskFullException;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that the appender never writes to a page that has no space on the disk, and finds its pages warm.
 *
 * <p>A thread of its own allocates ahead of the writer in the current cycle file, touches the pages there through the
 * mapping that the appender uses, and keeps a <em>reserve</em>: a file with space of its own that becomes the next cycle
 * file by being renamed. So a roll needs no space, and when the disk is full, what is in flight still fits: first into
 * what was allocated ahead, then into the reserve. The window ahead starts small and doubles with use.
 *
 * <p>The disk counts as full as soon as either cannot be had without going below {@code minFreeBytes}, before less than
 * half of the reserve's size is left for what is in flight; the thread then looks again every few milliseconds. The writer asks {@link #ensure} before each append; only if the thread is behind does
 * that take longer than a comparison.
 */
final class CycleSpace implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CycleSpace.class);
    private static final long MIN_WINDOW_BYTES = 256 << 10;
    private static final long MIN_ALLOCATED_AHEAD_BYTES = 4 << 20;
    private static final int STEPS_PER_WINDOW = 8;
    private static final long LOOK_AGAIN_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long WATCH_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /** The mark that closes a cycle, an index page that Chronicle may put before a commit, and what it zeroes behind. */
    private static final int SLACK_BYTES = CycleRoll.INDEX_PAGE_BYTES + 4096;

    /** At least so much of a file is still free behind a commit that was just written. */
    static final int MIN_BEHIND_BYTES = 2048;

    /** Chronicle's header and first two index pages. */
    static final int FIRST_PAGES_BYTES = 4096 + 2 * CycleRoll.INDEX_PAGE_BYTES;

    private final Path directory;
    private final Path reserve;
    private final int reserveBytes;

    /** Half of the reserve, what is never used up of a file, and the commit that comes before the next look. */
    private final int lowBytes;

    private final long minFreeBytes;
    private final long maxWindowBytes;
    private final boolean warms;
    private final PieceSize pieceSize = new PieceSize();
    private final PageToucher toucher;
    private final DirectoryWatch watch;
    private final Consumer<Throwable> onFailure;
    private final Thread thread = new Thread(this, "millrace-space");
    private final Object allocating = new Object();

    // The appending thread's own.
    private long windowBytes;
    private long wakeAtOffset = -1;

    /** The file that is written to; set by the appending thread. */
    private volatile Target current;

    /** So far the reserve's pages are in memory; guarded by {@code allocating}. */
    private long reserveWarmUpTo;

    /** Guarded by {@code allocating}. */
    private FileStore fileStore;

    private volatile boolean reserveReady;
    private volatile boolean diskFull;
    private volatile boolean closed;

    /** A cycle file and how far it has space. */
    private static final class Target {
        private final int cycle;
        private final Path file;
        private volatile boolean hasCommits;
        private volatile long wantedUpTo;

        /** So far it has blocks on the disk; written while {@code allocating} is held. */
        private volatile long spaceUpTo;

        /** So far the appender may write: there are blocks, and, as a rule, warm pages: see {@link #warm}. */
        private volatile long allocatedUpTo;

        private Target(final int cycle, final Path file, final long allocatedUpTo) {
            this.cycle = cycle;
            this.file = file;
            this.spaceUpTo = allocatedUpTo;
            this.allocatedUpTo = allocatedUpTo;
        }
    }

    /** How much space to keep, and where. */
    record Limits(Path directory, int reserveBytes, long minFreeBytes, long touchAheadBytes, int maxCommitBytes) {}

    CycleSpace(
            final Limits limits,
            final SingleChronicleQueue queue,
            final DirectoryWatch watch,
            final Consumer<Throwable> onFailure) {
        directory = limits.directory();
        reserve = directory.resolve(DirectoryContents.RESERVE_FILE);
        reserveBytes = limits.reserveBytes();
        lowBytes = reserveBytes / 2 + SLACK_BYTES + limits.maxCommitBytes();
        minFreeBytes = limits.minFreeBytes();
        maxWindowBytes = Math.max(limits.touchAheadBytes(), MIN_ALLOCATED_AHEAD_BYTES);
        warms = limits.touchAheadBytes() > 0;
        toucher = new PageToucher(queue, limits.touchAheadBytes());
        this.watch = watch;
        this.onFailure = onFailure;
        windowBytes = MIN_WINDOW_BYTES;
        thread.setDaemon(true);
    }

    /** Starts, going on in a cycle file, if there is one, behind an offset. Before any other call. */
    void start(final int cycle, final Path file, final long endOffset) {
        if (file != null) {
            current = new Target(cycle, file, endOffset);
            current.hasCommits = true;
            current.wantedUpTo = endOffset + windowBytes;
        }
        prepareOnce();
        if (current != null) {
            current.allocatedUpTo = current.spaceUpTo;
        }
        thread.start();
    }

    /** Whether commands should be refused; any thread. */
    boolean isDiskFull() {
        return diskFull;
    }

    /** Has space for a commit in the current file; false if there is none. On the appending thread. */
    boolean ensure(final long offset, final int length) {
        final Target target = current;
        final long upTo = offset + length + SLACK_BYTES;
        return target != null && (upTo <= target.allocatedUpTo || extend(target, upTo));
    }

    /** The files were forced, up to an offset in a cycle. On the forcing thread. */
    void onForce(final int cycle, final long endOffset) {
        pieceSize.onForce(cycle, endOffset, System.nanoTime());
    }

    /** The current file has been written up to there. On the appending thread. */
    void onAppend(final long endOffset) {
        if (!reserveReady && current.spaceUpTo - endOffset < lowBytes) {
            // The thread has not come to it since the roll. What may be decided before it does must not grow further.
            prepareOnce();
        }
        if (endOffset >= wakeAtOffset) {
            current.hasCommits = true;
            current.wantedUpTo = wantedUpTo(endOffset);
            wakeAtOffset = endOffset + windowBytes / STEPS_PER_WINDOW;
            windowBytes = Math.min(windowBytes * 2, maxWindowBytes());
            LockSupport.unpark(thread);
        }
    }

    /** Whole large pieces, once the window holds some. */
    private long wantedUpTo(final long endOffset) {
        final long upTo = endOffset + windowBytes;
        final int large = PieceSize.LARGE_BYTES;
        return windowBytes < 2L * large ? upTo : upTo + large - 1 & -large;
    }

    private long maxWindowBytes() {
        final boolean small = pieceSize.bytes() == PieceSize.SMALL_BYTES;
        return small ? Math.min(maxWindowBytes, PieceSize.SMALL_WINDOW_BYTES) : maxWindowBytes;
    }

    /**
     * Puts a file with space where Chronicle will look for that cycle. On the appending thread.
     *
     * @throws JournalDiskFullException if there is no space; nothing was changed
     */
    void prepareRoll(final int cycle, final int firstCommitBytes) {
        final Path file = directory.resolve(CycleRoll.fileName(cycle));
        final long needed = (long) FIRST_PAGES_BYTES + firstCommitBytes + SLACK_BYTES;
        try {
            synchronized (allocating) {
                if (!reserveReady) {
                    makeReserve();
                }
                reserveReady = false;
                if (needed > reserveBytes) {
                    Allocation.allocate(reserve, 0, needed);
                }
                Files.move(reserve, file, StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (final IOException e) {
            diskFull = true;
            throw new JournalDiskFullException(
                    "disk must have room for the next cycle file: file=" + file + ": " + e.getMessage(), e);
        }
        current = new Target(cycle, file, Math.max(needed, reserveBytes));
        wakeAtOffset = -1;
        LockSupport.unpark(thread);
    }

    /** For what must fit, so free space is not left alone here. False if there is none. */
    private boolean extend(final Target target, final long upTo) {
        synchronized (allocating) {
            try {
                allocate(target, upTo);
                return true;
            } catch (final IOException e) {
                diskFull = true;
                return false;
            }
        }
    }

    private static void allocate(final Target target, final long upTo) throws IOException {
        giveSpace(target, upTo);
        target.allocatedUpTo = Math.max(target.allocatedUpTo, upTo);
    }

    private static void giveSpace(final Target target, final long upTo) throws IOException {
        final long from = target.spaceUpTo;
        if (upTo > from) {
            Allocation.allocate(target.file, from, upTo - from);
            target.spaceUpTo = upTo;
        }
    }

    private void makeReserve() throws IOException {
        Files.deleteIfExists(reserve);
        Files.createFile(reserve, PrivateFiles.MODE);
        Allocation.allocate(reserve, 0, reserveBytes);
        // In memory, too: a roll begins by writing here.
        reserveWarmUpTo = Math.min(reserveBytes, MIN_WINDOW_BYTES);
        Allocation.writeZeros(reserve, 0, reserveWarmUpTo);
    }

    @Override
    public void run() {
        try (PageToucher pages = toucher;
                PieceFiller filler = new PieceFiller()) {
            while (!closed) {
                final Target target = current;
                prepareOnce();
                try {
                    warmUp(target, filler, pages);
                } catch (final Exception e) {
                    requireRetired(target, e);
                }
                watch.check();
                rest(target);
            }
        } catch (final Throwable e) {
            onFailure.accept(e);
        }
    }

    private void warmUp(final Target target, final PieceFiller filler, final PageToucher pages) throws IOException {
        if (target != null) {
            warm(target, filler);
            warmReserve(target, filler);
            // Not before: Chronicle would wait for the header of the file, ten seconds if the append has failed.
            if (target.hasCommits && touches()) {
                pages.touch(target.cycle, target.allocatedUpTo);
            }
        }
    }

    /** Retention may delete a file that the writer has left while it is still worked on here: then nobody needs it warm. */
    private void requireRetired(final Target target, final Exception failure) throws Exception {
        if (!isRetired(target)) {
            throw failure;
        }
    }

    private boolean isRetired(final Target target) {
        return target != null && target != current && !Files.exists(target.file);
    }

    /**
     * Lets the appender have what has space, piece by piece, each with pages in memory unless they would be in the way. The
     * lock is given up in between: an appender that is faster takes what it needs as it is. There is space: a write that
     * fails is a failed write.
     */
    private void warm(final Target target, final PieceFiller filler) throws IOException {
        while (target.allocatedUpTo < target.spaceUpTo) {
            synchronized (allocating) {
                final long from = target.allocatedUpTo;
                final int piece = pieceBytes();
                target.allocatedUpTo =
                        piece == 0 ? target.spaceUpTo : filler.fill(target.file, from, target.spaceUpTo, piece);
            }
        }
    }

    /** Whether the appender will find the pages ahead in memory. On any thread. */
    boolean fillsAhead() {
        return pieceBytes() > 0;
    }

    private boolean touches() {
        return fillsAhead() && !pieceSize.isForcedOften();
    }

    /** Of what is filled at once; 0 when nothing is. */
    private int pieceBytes() {
        return warms ? pieceSize.bytes() : 0;
    }

    /**
     * A journal that has grown past one reserve will roll: then the whole of the next should be in memory. The file is let
     * go of each time, because a roll makes it the one that is written to.
     */
    private void warmReserve(final Target target, final PieceFiller filler) throws IOException {
        synchronized (allocating) {
            final int piece = pieceBytes();
            if (piece == 0
                    || !reserveReady
                    || reserveWarmUpTo == reserveBytes
                    || target.allocatedUpTo <= reserveBytes) {
                return;
            }
            reserveWarmUpTo = filler.fill(reserve, reserveWarmUpTo, reserveBytes, piece);
            filler.close();
        }
    }

    private void rest(final Target done) {
        final boolean more = current != done || current != null && current.wantedUpTo > current.allocatedUpTo;
        if (!more || diskFull) {
            LockSupport.parkNanos(this, diskFull ? LOOK_AGAIN_NS : WATCH_NS);
        }
    }

    /** Allocates what is wanted, unless the disk would be nearly full. */
    private void prepareOnce() {
        boolean had = true;
        synchronized (allocating) {
            final Target target = current;
            try {
                if (target != null && target.wantedUpTo > target.spaceUpTo) {
                    requireFree(target.wantedUpTo - target.spaceUpTo);
                    giveSpace(target, target.wantedUpTo);
                }
                if (!reserveReady) {
                    requireFree(reserveBytes);
                    makeReserve();
                    reserveReady = true;
                }
            } catch (final IOException e) {
                // A file that is gone says nothing about the disk.
                had = isRetired(target) && !diskFull;
            }
            if (had == diskFull) {
                report(had);
            }
            diskFull = !had;
        }
    }

    private void report(final boolean had) {
        if (had) {
            LOG.info("the journal has room again: directory={}", directory);
        } else {
            LOG.warn(
                    "the disk is nearly full, commands are refused until there is room: directory={}, needed={} bytes"
                            + " beside the {} that are left free",
                    directory,
                    reserveBytes,
                    minFreeBytes);
        }
    }

    private void requireFree(final long bytes) throws IOException {
        if (fileStore == null) {
            // Once: finding it reads the list of mounts.
            fileStore = Files.getFileStore(directory);
        }
        final long free = fileStore.getUsableSpace();
        if (free - bytes < minFreeBytes) {
            throw new IOException("disk must keep " + minFreeBytes + " bytes free: free=" + free + ", wanted=" + bytes);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        Joining.join(thread);
    }

    /** Fails when the directory is not there any more, or another one is in its place. */
    static final class DirectoryWatch {
        private final Path lockFile;
        private final long inode;

        DirectoryWatch(final Path directory) {
            lockFile = directory.toAbsolutePath().resolve(DirectoryLock.FILE_NAME);
            inode = LockHolder.inode(lockFile);
        }

        void check() {
            final long now = LockHolder.inode(lockFile);
            if (now != inode) {
                throw new JournalException("journal directory must stay where it is while it is open: " + lockFile
                        + " had inode " + inode + " and now has " + now);
            }
        }
    }
}
