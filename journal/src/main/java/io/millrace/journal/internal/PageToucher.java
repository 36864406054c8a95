package io.millrace.journal.internal;

import java.io.File;
import java.util.concurrent.locks.LockSupport;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the appender warm memory: allocates the space ahead of it in the cycle file and touches the pages there, on a
 * thread of its own, so that the writer neither waits for the file system to find blocks nor for the kernel to zero pages.
 * It works through the mapping that the appender uses, so the appender finds even the page tables filled.
 *
 * <p>A page is touched by comparing eight bytes with 0 and setting them to 0, atomically: whatever the appender may have
 * written there by then stays. Pages are touched only once their space is allocated; where the file system cannot
 * allocate, nothing is touched and the appender does what it always did.
 *
 * <p>The window starts small and doubles with use, so a small journal stays small.
 */
final class PageToucher implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageToucher.class);
    private static final long MIN_WINDOW_BYTES = 256 << 10;
    private static final int STEPS_PER_WINDOW = 4;
    private static final int PAGE_BYTES = 4096;

    private final SingleChronicleQueue queue;
    private final long maxWindowBytes;
    private final Thread thread = new Thread(this, "millrace-space");

    // The appending thread's own.
    private int cycle = -1;
    private File file;
    private long windowBytes;
    private long wakeAtOffset = -1;

    /** What to prepare next; written by the appending thread, read by this one. */
    private volatile Order order;

    private volatile boolean closed;

    /** Memory to prepare: the file of a cycle up to an offset. */
    private record Order(int cycle, File file, long uptoOffset) {}

    PageToucher(final SingleChronicleQueue queue, final long maxWindowBytes) {
        this.queue = queue;
        this.maxWindowBytes = maxWindowBytes;
        windowBytes = Math.min(MIN_WINDOW_BYTES, maxWindowBytes);
        thread.setDaemon(true);
    }

    void start() {
        if (maxWindowBytes > 0) {
            thread.start();
        }
    }

    /** The appender has moved to another file. On the appending thread. */
    void onCycle(final int newCycle, final File newFile) {
        cycle = newCycle;
        file = newFile;
        wakeAtOffset = -1;
    }

    /** The appender has written up to an offset of the current file. On the appending thread. */
    void onAppend(final long endOffset) {
        if (endOffset >= wakeAtOffset && maxWindowBytes > 0) {
            order = new Order(cycle, file, endOffset + windowBytes);
            wakeAtOffset = endOffset + windowBytes / STEPS_PER_WINDOW;
            windowBytes = Math.min(windowBytes * 2, maxWindowBytes);
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void run() {
        Order done = null;
        try (Window window = new Window()) {
            while (!closed) {
                final Order next = order;
                if (next == done) {
                    LockSupport.park(this);
                } else {
                    window.prepare(next);
                    done = next;
                }
            }
        } catch (final Throwable e) {
            // Only speed is lost; a fault of the disk will meet the appender itself, which knows what to do.
            LOG.warn("pages are not touched ahead of the writer any more: file={}", file, e);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (final InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The mapping of one cycle file and how far it is prepared. For the touching thread. */
    private final class Window implements AutoCloseable {
        private int openCycle = -1;
        private SingleChronicleQueueStore store;
        private MappedBytes bytes;
        private int fileDescriptor = -1;
        private long preparedOffset;

        void prepare(final Order wanted) {
            if (wanted.cycle() != openCycle) {
                close();
                open(wanted);
            }
            // Never beyond the end of the file: growing it is Chronicle's business.
            final long upto = Math.min(wanted.uptoOffset(), wanted.file().length()) & -PAGE_BYTES;
            final long from = Math.max(preparedOffset, wanted.uptoOffset() - maxWindowBytes) & -PAGE_BYTES;
            if (upto > from) {
                allocate(from, upto - from);
                for (long offset = from; offset < upto && !closed; offset += PAGE_BYTES) {
                    bytes.compareAndSwapLong(offset, 0L, 0L);
                }
                preparedOffset = upto;
            }
        }

        private void open(final Order wanted) {
            store = queue.storeForCycle(wanted.cycle(), queue.epoch(), false, null);
            bytes = store.bytes();
            bytes.singleThreadedCheckReset();
            fileDescriptor = PosixAPI.posix().open(wanted.file().getPath(), OpenFlag.O_RDWR, 0);
            openCycle = wanted.cycle();
            preparedOffset = 0;
        }

        private void allocate(final long offset, final long length) {
            final int result = PosixAPI.posix().fallocate(fileDescriptor, 0, offset, length);
            if (result != 0) {
                throw new IllegalStateException(
                        "space must be allocatable: offset=" + offset + ", length=" + length + ", result=" + result);
            }
        }

        @Override
        public void close() {
            if (openCycle != -1) {
                openCycle = -1;
                PosixAPI.posix().close(fileDescriptor);
                bytes.releaseLast();
                queue.closeStore(store);
            }
        }
    }
}
