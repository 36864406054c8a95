package io.millrace.journal.internal;

import io.millrace.journal.JournalFormat;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;

/** The same memory for one piece after the other, unless it has to grow. */
final class OneBuffer implements ReadMemory, AutoCloseable {
    private ByteBuffer buffer;

    @Override
    public ByteBuffer next(final int minBytes) {
        if (buffer == null || buffer.capacity() < minBytes) {
            buffer = ByteBuffer.allocateDirect(minBytes).order(JournalFormat.BYTE_ORDER);
        }
        return buffer;
    }

    /** Gives it back. */
    @Override
    public void close() {
        if (buffer != null) {
            BufferUtil.free(buffer);
            buffer = null;
        }
    }
}
