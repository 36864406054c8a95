package io.millrace.journal.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Fills parts of files that nobody else can reach yet with zeros. Their pages are then in memory, got in large pieces, and
 * their blocks on the disk count as written, so that a force has less to note down. On virtual machines a page that is got
 * by writing costs a fraction of one that is got by a fault in a mapping.
 *
 * <p>For one thread, which must be one that nobody interrupts: the channel would be closed. Keeps a file open until it is
 * given another one, and allocates nothing meanwhile. A file that may be renamed has to be let go of by {@link #close}.
 */
final class ZeroFiller implements AutoCloseable {
    /** The kernel gets memory in pieces as large as a write; larger ones are those that the host has to supply first. */
    static final int PIECE_BYTES = 256 << 10;

    private final ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
    private Path open;
    private FileChannel channel;

    /** Fills a file from an offset up to another one. */
    void fill(final Path file, final long fromOffset, final long toOffsetExclusive) throws IOException {
        if (file != open) {
            close();
            channel = FileChannel.open(file, StandardOpenOption.WRITE);
            open = file;
        }
        long offset = fromOffset;
        while (offset < toOffsetExclusive) {
            zeros.clear().limit((int) Math.min(PIECE_BYTES, toOffsetExclusive - offset));
            offset += channel.write(zeros, offset);
        }
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
