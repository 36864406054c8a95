package io.millrace.engine.typed;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A stream of unknown length within a {@link DataOutput}: chunks of at most {@link #CHUNK_BYTES}, each behind its length
 * as an int, ended by the length 0. So a large state needs no array of its size, and its reader cannot read past it.
 */
final class Chunks {
    static final int CHUNK_BYTES = 1 << 16;

    private Chunks() {}

    static final class Output extends OutputStream {
        private final DataOutput out;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int length;

        Output(final DataOutput out) {
            this.out = out;
        }

        @Override
        public void write(final int b) throws IOException {
            if (length == CHUNK_BYTES) {
                writeChunk();
            }
            chunk[length++] = (byte) b;
        }

        @Override
        public void write(final byte[] source, final int offset, final int count) throws IOException {
            int done = 0;
            while (done < count) {
                if (length == CHUNK_BYTES) {
                    writeChunk();
                }
                final int step = Math.min(count - done, CHUNK_BYTES - length);
                System.arraycopy(source, offset + done, chunk, length, step);
                length += step;
                done += step;
            }
        }

        /** Writes what is left and the end. */
        void finish() throws IOException {
            if (length > 0) {
                writeChunk();
            }
            out.writeInt(0);
        }

        private void writeChunk() throws IOException {
            out.writeInt(length);
            out.write(chunk, 0, length);
            length = 0;
        }
    }

    static final class Input extends InputStream {
        private final DataInput in;
        private final byte[] chunk = new byte[CHUNK_BYTES];
        private int position;
        private int length;
        private boolean ended;

        Input(final DataInput in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return more() ? chunk[position++] & 0xFF : -1;
        }

        @Override
        public int read(final byte[] target, final int offset, final int count) throws IOException {
            if (count == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            final int step = Math.min(count, length - position);
            System.arraycopy(chunk, position, target, offset, step);
            position += step;
            return step;
        }

        /** Checks that the end has come. */
        void finish() throws IOException {
            if (more()) {
                throw new IOException("state must end where its last value ends: at least " + (length - position)
                        + " bytes are left");
            }
        }

        private boolean more() throws IOException {
            if (position == length && !ended) {
                length = in.readInt();
                if (length < 0 || length > CHUNK_BYTES) {
                    throw new IOException("chunk of a state must have 0 to " + CHUNK_BYTES + " bytes: " + length);
                }
                in.readFully(chunk, 0, length);
                position = 0;
                ended = length == 0;
            }
            return !ended;
        }
    }
}
