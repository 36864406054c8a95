package io.millrace.tools.internal.demo;

import io.millrace.tools.internal.console.ToolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that outlives the process with one line per acknowledged command: the sequence of its last event, 19 digits.
 * Each line is handed to the kernel before the next acknowledgement. A torn last line is cut off when it is opened.
 */
final class AckLog implements AutoCloseable {
    private static final int DIGITS = 19;
    private static final int LINE_LENGTH = DIGITS + 1;
    private static final int RADIX = 10;

    private final FileChannel channel;
    private final ByteBuffer line = ByteBuffer.allocateDirect(LINE_LENGTH);
    private final long lastAcknowledged;

    private AckLog(final FileChannel channel) throws IOException {
        this.channel = channel;
        final long lines = channel.size() / LINE_LENGTH;
        channel.truncate(lines * LINE_LENGTH);
        lastAcknowledged = lines == 0 ? 0 : readLine(lines - 1);
        channel.position(lines * LINE_LENGTH);
    }

    static AckLog open(final Path file) {
        try {
            final FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            try {
                return new AckLog(channel);
            } catch (final IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (final IOException e) {
            throw new ToolException("--ack-log must be usable: " + file + ": " + e, e);
        }
    }

    /** The last sequence that the file named when it was opened, 0 if none. */
    long lastAcknowledged() {
        return lastAcknowledged;
    }

    /** Adds a line. Does not allocate. */
    void acknowledged(final long sequence) {
        long rest = sequence;
        for (int i = DIGITS - 1; i >= 0; i--) {
            line.put(i, (byte) ('0' + rest % RADIX));
            rest /= RADIX;
        }
        line.put(DIGITS, (byte) '\n');
        line.position(0).limit(LINE_LENGTH);
        try {
            while (line.hasRemaining()) {
                channel.write(line);
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("acknowledgement must be logged: sequence=" + sequence, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("--ack-log must be closable", e);
        }
    }

    private long readLine(final long number) throws IOException {
        final ByteBuffer bytes = ByteBuffer.allocate(LINE_LENGTH);
        channel.read(bytes, number * LINE_LENGTH);
        final String text = new String(bytes.array(), 0, DIGITS, StandardCharsets.US_ASCII);
        try {
            return Long.parseLong(text);
        } catch (final NumberFormatException e) {
            throw new ToolException("--ack-log must hold lines of " + DIGITS + " digits: " + text, e);
        }
    }
}
