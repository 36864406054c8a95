package io.millrace.journal.internal;

import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueStore;
import net.openhft.posix.MAdviseFlag;
import net.openhft.posix.PosixAPI;

/**
 * Touches the pages ahead of the appender, so that it does not wait for the kernel to zero them. It works through the
 * mapping that the appender uses, so the appender finds even the page tables filled. For one thread.
 *
 * <p>A page is touched by comparing eight bytes with 0 and setting them to 0, atomically: whatever the appender may have
 * written there by then stays. Only pages whose space was allocated are touched.
 */
final class PageToucher implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;

    private final SingleChronicleQueue queue;
    private final long maxAheadBytes;
    private int openCycle = -1;
    private SingleChronicleQueueStore store;
    private MappedBytes bytes;
    private long touchedUpTo;

    PageToucher(final SingleChronicleQueue queue, final long maxAheadBytes) {
        this.queue = queue;
        this.maxAheadBytes = maxAheadBytes;
    }

    /** Touches what lies before an offset of a cycle, but never more than it was told to touch ahead. */
    void touch(final int cycle, final long uptoOffset) {
        if (maxAheadBytes == 0 || cycle != openCycle && !open(cycle)) {
            return;
        }
        final long upto = uptoOffset & -PAGE_BYTES;
        long offset = Math.max(touchedUpTo, upto - maxAheadBytes) & -PAGE_BYTES;
        while (offset < upto) {
            offset = touchInBlock(offset, upto);
        }
        touchedUpTo = Math.max(touchedUpTo, upto);
    }

    /**
     * Touches what lies in one block of the mapping, and returns how far that is. The kernel is told not to read ahead
     * meanwhile: it would fill memory behind these pages with what it takes for the next of a file that is read, up to 8 MiB
     * without a break on some devices.
     */
    private long touchInBlock(final long from, final long uptoOffset) {
        final long address = bytes.addressForWrite(from);
        final long upto = Math.min(uptoOffset, ((MappedBytesStore) bytes.bytesStore()).safeLimit());
        PosixAPI.posix().madvise(address, upto - from, MAdviseFlag.MADV_RANDOM);
        for (long offset = from; offset < upto; offset += PAGE_BYTES) {
            bytes.compareAndSwapLong(offset, 0L, 0L);
        }
        PosixAPI.posix().madvise(address, upto - from, MAdviseFlag.MADV_NORMAL);
        return upto;
    }

    /** False while the appender has not made the file a cycle yet. */
    private boolean open(final int cycle) {
        close();
        if (queue.lastCycle() < cycle) {
            return false;
        }
        store = queue.storeForCycle(cycle, queue.epoch(), false, null);
        if (store == null) {
            return false;
        }
        bytes = store.bytes();
        bytes.singleThreadedCheckReset();
        openCycle = cycle;
        touchedUpTo = 0;
        return true;
    }

    @Override
    public void close() {
        if (openCycle != -1) {
            openCycle = -1;
            bytes.releaseLast();
            queue.closeStore(store);
        }
    }
}
