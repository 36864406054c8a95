package io.millrace.journal.internal;

import static io.millrace.journal.JournalFormat.BYTE_ORDER;

import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.BufferUtil;
import org.agrona.checksum.Crc32c;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The durable watermark: how far the journal was forced, in a file of its own. It decides what damage means: at or below
 * the watermark it is refused, above it a torn tail may be cut.
 *
 * <p>Two copies on pages of their own are written in turn, each with a counter and a CRC, so that one of them is whole
 * whenever the machine stops. A copy is stored <em>after</em> a successful force, through a mapping, which costs no system
 * call; the file itself is forced now and then. A watermark that was not forced is only lower than it might be.
 *
 * <pre>
 * Copy, 64 bytes, at 0 and at 4096
 *   0        4        8        12       16                24        28       32
 *  +--------+--------+--------+--------+-----------------+---------+--------+
 *  | magic  | crc32c | version| flags  |   journal id    |  epoch  | cycle  |
 *  +--------+--------+--------+--------+-----------------+---------+--------+
 *   32                40                48                56                64
 *  +-----------------+-----------------+-----------------+-----------------+
 *  |     counter     |    sequence     |      chain      |   end offset    |
 *  +-----------------+-----------------+-----------------+-----------------+
 * </pre>
 */
final class WatermarkFile implements AutoCloseable {
    static final String FILE_NAME = "watermark";
    static final int COPY_STRIDE_BYTES = 4096;
    static final int FILE_BYTES = 2 * COPY_STRIDE_BYTES;

    private static final int COPY_BYTES = 64;
    private static final int MAGIC = 0x3157_524D;
    private static final int VERSION = 1;
    private static final int CLEAN = 1;

    /** The upper half of the flags holds the exponent of the block size. */
    private static final int BLOCK_SHIFT = 16;

    private static final long ANY_JOURNAL = 0;
    private static final int CRC_OFFSET = 4;
    private static final int CHECKED_OFFSET = 8;
    private static final int VERSION_OFFSET = 8;
    private static final int FLAGS_OFFSET = 12;
    private static final int JOURNAL_ID_OFFSET = 16;
    private static final int EPOCH_OFFSET = 24;
    private static final int CYCLE_OFFSET = 28;
    private static final int COUNTER_OFFSET = 32;
    private static final int SEQUENCE_OFFSET = 40;
    private static final int CHAIN_OFFSET = 48;
    private static final int END_OFFSET = 56;

    /**
     * One copy.
     *
     * @param journalId of the journal
     * @param blockSizeBytes of its cycle files, said here too so that a lost manifest can be made anew
     * @param epoch that stored it
     * @param clean whether the journal was closed, with nothing behind this
     * @param counter of stores
     * @param place up to which the journal was forced
     */
    record Copy(long journalId, int blockSizeBytes, int epoch, boolean clean, long counter, Place place) {}

    /**
     * A place in the journal: behind a commit.
     *
     * @param sequence of the last event before it
     * @param chain that the commit behind it carries
     * @param cycle that holds the commit before it, -1 when there is none
     * @param endOffset where that commit ends in its file
     */
    record Place(long sequence, long chain, int cycle, long endOffset) {
        /** Whether something at this offset of a cycle lies before the place. */
        boolean covers(final int otherCycle, final long offset) {
            return otherCycle < cycle || otherCycle == cycle && offset < endOffset;
        }
    }

    private final Path file;
    private final long journalId;
    private final int epoch;
    private final int blockExponent;
    private final FileChannel channel;

    /** To force through: an interrupt would close the other in the middle. */
    private final AsynchronousFileChannel forced;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer buffer;
    private long counter;

    private WatermarkFile(final Path directory, final Manifest manifest, final long counter) throws IOException {
        file = directory.resolve(FILE_NAME);
        journalId = manifest.journalId();
        epoch = manifest.epoch();
        blockExponent = Integer.numberOfTrailingZeros(manifest.blockSizeBytes());
        this.counter = counter;
        channel = FileChannel.open(
                file,
                PrivateFiles.options(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PrivateFiles.MODE);
        if (channel.size() != FILE_BYTES) {
            channel.truncate(FILE_BYTES);
            // Written, not only mapped: a page without space would be a fault in the middle of a store.
            channel.write(ByteBuffer.allocate((int) (FILE_BYTES - channel.size())), channel.size());
        }
        forced = AsynchronousFileChannel.open(file, StandardOpenOption.WRITE);
        mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, FILE_BYTES);
        buffer = new UnsafeBuffer(mapped);
    }

    /** Opens the file for writing, and makes it whole if it is not there or not as long as it should be. */
    static WatermarkFile open(final Path directory, final Manifest manifest, final Copy last) {
        try {
            if (last == null) {
                // What cannot be read, or was left by a creation that was cut short, must not be read later.
                Files.deleteIfExists(directory.resolve(FILE_NAME));
            }
            return new WatermarkFile(directory, manifest, last == null ? 0 : last.counter());
        } catch (final IOException e) {
            throw new JournalException("journal watermark must be writable: file=" + directory.resolve(FILE_NAME), e);
        }
    }

    /** The newest good copy of a directory's watermark, whatever the journal; null when none is. */
    static Copy readAny(final Path directory) {
        return read(directory, ANY_JOURNAL);
    }

    /** The newest good copy of a directory's watermark, null when none is. */
    static Copy read(final Path directory, final long journalId) {
        final Path file = directory.resolve(FILE_NAME);
        try {
            return decode(file, Files.readAllBytes(file), journalId);
        } catch (final NoSuchFileException e) {
            return null;
        } catch (final IOException e) {
            throw new JournalException("journal watermark must be readable: file=" + file, e);
        }
    }

    /**
     * The newest good copy in those bytes, null when none is.
     *
     * @throws JournalCorruptException if a copy is good and belongs to another journal
     */
    static Copy decode(final Path file, final byte[] bytes, final long journalId) {
        final UnsafeBuffer whole = new UnsafeBuffer(BufferUtil.allocateDirectAligned(FILE_BYTES, COPY_BYTES));
        whole.putBytes(0, bytes, 0, Math.min(bytes.length, FILE_BYTES));
        final Copy first = decode(file, whole, 0, journalId);
        final Copy second = decode(file, whole, COPY_STRIDE_BYTES, journalId);
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        return first.counter() > second.counter() ? first : second;
    }

    private static Copy decode(final Path file, final UnsafeBuffer from, final int at, final long journalId) {
        final boolean good = from.getInt(at, BYTE_ORDER) == MAGIC
                && from.getInt(at + CRC_OFFSET, BYTE_ORDER) == crc(from, at)
                && from.getInt(at + VERSION_OFFSET, BYTE_ORDER) == VERSION;
        final long id = from.getLong(at + JOURNAL_ID_OFFSET, BYTE_ORDER);
        if (good && id != journalId && journalId != ANY_JOURNAL) {
            throw new JournalCorruptException(
                    file,
                    at,
                    1,
                    "watermark must belong to journal " + Long.toHexString(journalId) + ": journalId="
                            + Long.toHexString(id));
        }
        final int flags = from.getInt(at + FLAGS_OFFSET, BYTE_ORDER);
        return good
                ? new Copy(
                        id,
                        1 << (flags >>> BLOCK_SHIFT),
                        from.getInt(at + EPOCH_OFFSET, BYTE_ORDER),
                        (flags & CLEAN) != 0,
                        from.getLong(at + COUNTER_OFFSET, BYTE_ORDER),
                        new Place(
                                from.getLong(at + SEQUENCE_OFFSET, BYTE_ORDER),
                                from.getLong(at + CHAIN_OFFSET, BYTE_ORDER),
                                from.getInt(at + CYCLE_OFFSET, BYTE_ORDER),
                                from.getLong(at + END_OFFSET, BYTE_ORDER)))
                : null;
    }

    private static int crc(final UnsafeBuffer from, final int at) {
        return Crc32c.INSTANCE.compute(from.addressOffset(), at + CHECKED_OFFSET, COPY_BYTES - CHECKED_OFFSET);
    }

    /** Stores a watermark in the copy whose turn it is. Everything up to it must have been forced. Allocates nothing. */
    void store(final long sequence, final long chain, final int cycle, final long endOffset, final boolean clean) {
        counter++;
        final int at = (int) (counter & 1) * COPY_STRIDE_BYTES;
        buffer.putInt(at, MAGIC, BYTE_ORDER);
        buffer.putInt(at + VERSION_OFFSET, VERSION, BYTE_ORDER);
        buffer.putInt(at + FLAGS_OFFSET, blockExponent << BLOCK_SHIFT | (clean ? CLEAN : 0), BYTE_ORDER);
        buffer.putLong(at + JOURNAL_ID_OFFSET, journalId, BYTE_ORDER);
        buffer.putInt(at + EPOCH_OFFSET, epoch, BYTE_ORDER);
        buffer.putInt(at + CYCLE_OFFSET, cycle, BYTE_ORDER);
        buffer.putLong(at + COUNTER_OFFSET, counter, BYTE_ORDER);
        buffer.putLong(at + SEQUENCE_OFFSET, sequence, BYTE_ORDER);
        buffer.putLong(at + CHAIN_OFFSET, chain, BYTE_ORDER);
        buffer.putLong(at + END_OFFSET, endOffset, BYTE_ORDER);
        buffer.putInt(at + CRC_OFFSET, crc(buffer, at), BYTE_ORDER);
    }

    /** Forces the file itself. */
    void force() throws IOException {
        forced.force(true);
    }

    @Override
    public void close() throws IOException {
        BufferUtil.free(mapped);
        forced.close();
        channel.close();
    }
}
