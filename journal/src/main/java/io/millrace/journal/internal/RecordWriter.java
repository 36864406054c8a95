package io.millrace.journal.internal;

import io.millrace.journal.JournalFormat;
import java.io.File;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32C;
import net.openhft.posix.OpenFlag;
import net.openhft.posix.PosixAPI;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the records of commits that reach a new page past the mapping, by a system call, where no pages are in memory ahead
 * of the writer: the mapping would cost a fault for each page and an interrupt for each when it is forced, and the kernel
 * would take the fault for the start of a reading and fill as much as 2 MiB behind it with zeros, while the writer waits.
 * Where huge pages lie ahead a system call is the slower way: ext4 walks over all blocks of a page for each write into it.
 *
 * <p>For the writing thread only. Allocates nothing but when the file or the buffer is another one than before.
 */
final class RecordWriter implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;

    /** So much behind a commit is written through the mapping soon: zeros of Chronicle's, its next header, the next envelope. */
    static final int NEXT_START_BYTES = 2 * JournalFormat.COMMIT_HEADER_LENGTH;

    /** As the kernel counts; {@code WhenceFlag} of the library (2026.2) is one more for each. */
    private static final int SEEK_SET = 0;

    private static final int CLOSED = -1;

    private final PosixAPI posix = PosixAPI.posix();
    private final boolean canCall = Allocation.hasNativeCalls();
    private final BooleanSupplier hasPagesAhead;
    private final CRC32C crc = new CRC32C();
    private final ByteBuffer envelope = ByteBuffer.allocateDirect(JournalFormat.COMMIT_HEADER_LENGTH);
    private final UnsafeBuffer zeroPage = new UnsafeBuffer(ByteBuffer.allocateDirect(PAGE_BYTES));
    private ByteBuffer source;
    private ByteBuffer view;
    private int descriptor = CLOSED;
    private int openCycle = -1;

    /** Asks before each long commit whether the pages ahead are in memory. */
    RecordWriter(final BooleanSupplier hasPagesAhead) {
        this.hasPagesAhead = hasPagesAhead;
    }

    /** Whether records for an offset of a cycle's file should go past the mapping. */
    boolean goesPastMapping(final long fileOffset, final DirectBuffer records, final int length) {
        return page(fileOffset + length + NEXT_START_BYTES) > page(fileOffset)
                && canCall
                && records.byteBuffer() != null
                && records.byteBuffer().isDirect()
                && !hasPagesAhead.getAsBoolean();
    }

    private static long page(final long fileOffset) {
        return fileOffset & -PAGE_BYTES;
    }

    /**
     * Writes records to an offset of a cycle's file, and zeros to the page behind them if what follows them will begin there.
     *
     * @throws IllegalStateException if not all of them could be written
     */
    void write(
            final File file,
            final int cycle,
            final long fileOffset,
            final DirectBuffer records,
            final int offset,
            final int recordsLength) {
        open(file, cycle);
        writeFully(file, fileOffset, records.addressOffset() + offset, recordsLength);
        final long end = fileOffset + recordsLength;
        final long nextPage = page(end + NEXT_START_BYTES);
        if (end <= nextPage) {
            writeFully(file, nextPage, zeroPage.addressOffset(), PAGE_BYTES);
        }
    }

    private void writeFully(final File file, final long fileOffset, final long address, final int length) {
        if (posix.lseek(descriptor, fileOffset, SEEK_SET) != fileOffset) {
            throw failed("lseek", file, fileOffset, length);
        }
        long written = 0;
        while (written < length) {
            final long more = posix.write(descriptor, address + written, length - written);
            if (more <= 0) {
                throw failed("write", file, fileOffset + written, length - written);
            }
            written += more;
        }
    }

    private IllegalStateException failed(final String call, final File file, final long fileOffset, final long length) {
        return new IllegalStateException("records must be written: file=" + file + ", offset=" + fileOffset
                + ", length=" + length + ", call=" + call + ", errno=" + posix.lastError());
    }

    /** Checksum of the envelope at the start of a commit and of the records that belong behind it. */
    int checksum(final DirectBuffer commit, final DirectBuffer records, final int offset, final int recordsLength) {
        crc.reset();
        envelope.clear();
        commit.getBytes(
                JournalFormat.COMMIT_CHECKED_OFFSET,
                envelope,
                JournalFormat.COMMIT_HEADER_LENGTH - JournalFormat.COMMIT_CHECKED_OFFSET);
        crc.update(envelope.flip());
        final ByteBuffer bytes = records.byteBuffer();
        if (bytes != source) {
            source = bytes;
            view = bytes.duplicate();
        }
        final int from = records.wrapAdjustment() + offset;
        crc.update(view.limit(from + recordsLength).position(from));
        return (int) crc.getValue();
    }

    private void open(final File file, final int cycle) {
        if (cycle != openCycle) {
            close();
            descriptor = posix.open(file.getPath(), OpenFlag.O_RDWR, 0);
            if (descriptor < 0) {
                throw failed("open", file, 0, 0);
            }
            openCycle = cycle;
        }
    }

    @Override
    public void close() {
        if (descriptor >= 0) {
            posix.close(descriptor);
        }
        descriptor = CLOSED;
        openCycle = -1;
    }
}
