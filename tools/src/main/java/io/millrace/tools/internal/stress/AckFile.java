package io.millrace.tools.internal.stress;

import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Two numbers per producer in a mapped file, which outlives its process: the highest request that it tried to publish,
 * and the highest that was acknowledged. Each number has one writing thread; any process may read. The mapping goes with
 * this object, when the garbage collector takes it.
 *
 * <pre>
 *   0                128
 *  +----------------+----------------+
 *  | published  pad | acknowledged … |   per producer
 *  +----------------+----------------+
 * </pre>
 */
final class AckFile {
    private static final int ACKNOWLEDGED_OFFSET = 128;
    private static final int STRIDE = 256;

    private final UnsafeBuffer buffer;
    private final int producers;

    private AckFile(final UnsafeBuffer buffer, final int producers) {
        this.buffer = buffer;
        this.producers = producers;
    }

    static AckFile map(final Path file, final int producers) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            final long length = (long) producers * STRIDE;
            return new AckFile(new UnsafeBuffer(channel.map(FileChannel.MapMode.READ_WRITE, 0, length)), producers);
        } catch (final IOException e) {
            throw new ToolException("file of acknowledgements must be usable: " + file + ": " + e, e);
        }
    }

    void published(final int producer, final long requestId) {
        buffer.putLongRelease((producer - 1) * STRIDE, requestId);
    }

    void acknowledged(final int producer, final long requestId) {
        buffer.putLongRelease((producer - 1) * STRIDE + ACKNOWLEDGED_OFFSET, requestId);
    }

    long published(final int producer) {
        return buffer.getLongAcquire((producer - 1) * STRIDE);
    }

    long acknowledged(final int producer) {
        return buffer.getLongAcquire((producer - 1) * STRIDE + ACKNOWLEDGED_OFFSET);
    }

    /** Of all producers. */
    long acknowledged() {
        long sum = 0;
        for (int producer = 1; producer <= producers; producer++) {
            sum += acknowledged(producer);
        }
        return sum;
    }
}
