package io.millrace.examples.ledger;

import java.util.Arrays;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of a fixed number of longs, numbered from 0, that are never removed. Off-heap, in pages, so that growing
 * copies nothing and the garbage collector has nothing to do. Freed with this object.
 */
final class RecordPages {
    private static final int PAGE_BYTES_SHIFT = 18;
    private static final int FIRST_PAGES = 16;

    private final int recordShift;
    private final int pageShift;
    private final int pageMask;
    private UnsafeBuffer[] pages = new UnsafeBuffer[FIRST_PAGES];
    private int pageCount;
    private int count;

    /** Records of a number of longs that is a power of two. */
    RecordPages(final int longsPerRecord) {
        recordShift = Integer.numberOfTrailingZeros(longsPerRecord * Long.BYTES);
        pageShift = PAGE_BYTES_SHIFT - recordShift;
        pageMask = (1 << pageShift) - 1;
    }

    /** Number of records. */
    int count() {
        return count;
    }

    /** Adds a record of unknown content and returns its number. */
    int append() {
        if (count >>> pageShift == pageCount) {
            addPage();
        }
        return count++;
    }

    /** The page that holds a record. */
    UnsafeBuffer page(final int record) {
        return pages[record >>> pageShift];
    }

    /** Where a record starts in its page. */
    int offset(final int record) {
        return (record & pageMask) << recordShift;
    }

    long get(final int record, final int index) {
        return page(record).getLong(offset(record) + (index << 3));
    }

    void put(final int record, final int index, final long value) {
        page(record).putLong(offset(record) + (index << 3), value);
    }

    /** Takes the memory for a number of records at once. */
    void reserve(final int expectedRecords) {
        while ((long) pageCount << pageShift < expectedRecords) {
            addPage();
        }
    }

    /** Forgets all records, keeps the memory. */
    void clear() {
        count = 0;
    }

    private void addPage() {
        if (count < 0 || count == Integer.MAX_VALUE) {
            throw new IllegalStateException("there must be less than 2^31 records");
        }
        if (pageCount == pages.length) {
            pages = Arrays.copyOf(pages, pages.length << 1);
        }
        pages[pageCount++] =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(1 << PAGE_BYTES_SHIFT, BitUtil.CACHE_LINE_LENGTH));
    }
}
