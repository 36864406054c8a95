package io.millrace.journal.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fills parts of files that nobody else can reach yet with zeros. Their pages are then in memory, got in pieces as large as
 * one call writes, and their blocks on the disk count as written, so that a force has less to note down. On virtual machines
 * a page that is got by writing costs a fraction of one that is got by a fault in a mapping.
 *
 * <p>For one thread, which must be one that nobody interrupts: the channel would be closed. Keeps a file open until it is
 * given another one, and allocates nothing meanwhile. A file that may be renamed has to be let go of by {@link #close}.
 */
final class ZeroFiller implements AutoCloseable {
    private static final int BLOCK_BYTES = 64 << 10;

    /** All show the same block, which the processor's cache holds. */
    private final ByteBuffer[] zeros = new ByteBuffer[PieceSize.LARGE_BYTES / BLOCK_BYTES];

    private Path open;
    private FileChannel channel;

    ZeroFiller() {
        final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        for (int i = 0; i < zeros.length; i++) {
            zeros[i] = block.duplicate();
        }
    }

    /** Fills a file from an offset up to another one: by one call, if that is no more than a large piece. */
    void fill(final Path file, final long fromOffset, final long toOffsetExclusive) throws IOException {
        if (file != open) {
            close();
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            open = file;
        }
        channel.position(fromOffset);
        long left = toOffsetExclusive - fromOffset;
        while (left > 0) {
            left -= channel.write(zeros, 0, limit(left));
        }
    }

    /** Has the first buffers show that many bytes, or all of them what they have; returns how many do. */
    private int limit(final long bytes) {
        int count = 0;
        for (long left = bytes; left > 0 && count < zeros.length; left -= BLOCK_BYTES) {
            zeros[count++].clear().limit((int) Math.min(BLOCK_BYTES, left));
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        open = null;
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }
}
