package io.millrace.journal.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * What an input does to the files of a journal: a list of changes of 8 bytes each. A file is named by its place among the
 * files, an offset counts from its start, modulo its used length and a little more.
 *
 * <pre>
 *  0      1      2                 5      6      7      8
 *  +------+------+-----------------+------+------+------+
 *  | file | kind |     offset      | value| length      |
 *  +------+------+-----------------+------+------+------+
 * </pre>
 */
final class Changes {
    static final int BYTES = 8;

    /** The kinds of change; the numbers stand in the corpus. */
    static final int XOR = 0;

    static final int SET = 1;
    static final int FILL = 2;
    static final int COPY = 3;
    static final int CUT = 4;
    static final int KINDS = 5;

    private static final int MAX_CHANGES = 16;
    private static final int BEHIND_BYTES = 128;
    private static final int COPY_STEP_BYTES = 64;
    private static final int U24 = 0xFF_FFFF;

    private final ByteBuffer input;
    private boolean reachWatermark;

    Changes(final byte[] input) {
        this.input = ByteBuffer.wrap(input);
    }

    /** Whether the file that tells how much must be there was changed. */
    boolean reachWatermark() {
        return reachWatermark;
    }

    void apply(final Originals originals, final Path directory) throws IOException {
        final List<Originals.File> files = originals.files();
        final byte[][] changed = new byte[files.size()][];
        final long[] lengths = files.stream().mapToLong(Originals.File::length).toArray();
        for (int i = 0; i < MAX_CHANGES && input.remaining() >= BYTES; i++) {
            final int number = (input.get() & 0xFF) % files.size();
            final Originals.File file = files.get(number);
            if (changed[number] == null) {
                final long room = Math.min(file.length(), file.bytes().length + BEHIND_BYTES);
                changed[number] = Arrays.copyOf(file.bytes(), (int) room);
            }
            lengths[number] = change(changed[number], lengths[number]);
            reachWatermark |= file.name().equals(WatermarkFile.FILE_NAME);
        }
        for (int i = 0; i < changed.length; i++) {
            if (changed[i] != null) {
                final byte[] bytes = Arrays.copyOf(changed[i], (int) Math.min(changed[i].length, lengths[i]));
                Originals.write(directory.resolve(files.get(i).name()), bytes, lengths[i]);
            }
        }
    }

    private long change(final byte[] bytes, final long fileLength) {
        final int kind = (input.get() & 0xFF) % KINDS;
        final int word = input.getInt();
        final int offset = bytes.length == 0 ? 0 : (word >>> Byte.SIZE & U24) % bytes.length;
        final byte value = (byte) word;
        final int length = Math.min(bytes.length - offset, input.getShort() & 0xFFFF);
        switch (kind) {
            case XOR -> {
                if (bytes.length > 0) {
                    bytes[offset] ^= value;
                }
            }
            case SET -> {
                if (bytes.length > 0) {
                    bytes[offset] = value;
                }
            }
            case FILL -> Arrays.fill(bytes, offset, offset + length, value);
            case COPY -> {
                final int from = Math.min(bytes.length - length, (value & 0xFF) * COPY_STEP_BYTES);
                System.arraycopy(bytes, from, bytes, offset, length);
            }
            default -> {
                return Math.min(fileLength, offset);
            }
        }
        return fileLength;
    }
}
