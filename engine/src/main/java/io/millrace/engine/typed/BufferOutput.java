package io.millrace.engine.typed;

import java.io.OutputStream;
import org.agrona.MutableDirectBuffer;

/** Writes a stream into a buffer. Reusable; for one thread. */
final class BufferOutput extends OutputStream {
    private MutableDirectBuffer buffer;
    private int start;
    private int position;

    BufferOutput wrap(final MutableDirectBuffer target, final int offset) {
        buffer = target;
        start = offset;
        position = offset;
        return this;
    }

    /** Lets go of the buffer. */
    void release() {
        buffer = null;
    }

    int length() {
        return position - start;
    }

    @Override
    public void write(final int b) {
        buffer.putByte(position++, (byte) b);
    }

    @Override
    public void write(final byte[] source, final int offset, final int length) {
        buffer.putBytes(position, source, offset, length);
        position += length;
    }
}
