package io.millrace.journal.internal;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;

/** Fills files with zeros piece by piece, large ones in the way that {@link PieceCost} finds cheaper. For one thread. */
final class PieceFiller implements AutoCloseable {
    private final ZeroFiller zeros = new ZeroFiller();
    private final PieceCost cost = new PieceCost();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final boolean measures = threads.isCurrentThreadCpuTimeSupported();

    /** Fills up to where a piece ends, but not further than a limit; returns how far the file is full. */
    long fill(final Path file, final long offset, final long limitExclusive, final int pieceBytes) throws IOException {
        final boolean large = pieceBytes == PieceSize.LARGE_BYTES;
        final int bytes = large ? cost.pieceBytes(offset) : pieceBytes;
        final long upTo = Math.min(limitExclusive, offset + bytes & -bytes);
        if (upTo > offset) {
            final long beforeNs = large ? processorNs() : 0;
            zeros.fill(file, offset, upTo);
            if (large) {
                cost.onFilled(upTo - offset, processorNs() - beforeNs);
            }
        }
        return Math.max(offset, upTo);
    }

    /** Not elapsed time: most of that is a wait for a processor. Where a JVM cannot tell, all pieces cost the same. */
    private long processorNs() {
        return measures ? threads.getCurrentThreadCpuTime() : 0;
    }

    /** Lets go of the file. */
    @Override
    public void close() throws IOException {
        zeros.close();
    }
}
