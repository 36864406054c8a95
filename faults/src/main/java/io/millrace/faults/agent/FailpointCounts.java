package io.millrace.faults.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * How often each failpoint was passed, and whether the armed one has acted, in a mapped file that outlives the process.
 * The first number is 1 + the index of the failpoint that acted last, 0 if none did; the counts follow.
 */
public final class FailpointCounts {
    /** Names the file, if there is one. */
    public static final String FILE_PROPERTY = "millrace.failpoint.counts";

    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer buffer;

    private FailpointCounts(final ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /** Those of this process: in the file if one is named, else in memory. */
    static FailpointCounts ofThisProcess() {
        return isWatched()
                ? map(Path.of(System.getProperty(FILE_PROPERTY)))
                : new FailpointCounts(ByteBuffer.allocateDirect(length()).order(ByteOrder.nativeOrder()));
    }

    static boolean isWatched() {
        return System.getProperty(FILE_PROPERTY) != null;
    }

    /** Maps a file, and creates it if need be. */
    public static FailpointCounts map(final Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new FailpointCounts(channel.map(FileChannel.MapMode.READ_WRITE, 0, length()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int length() {
        return Long.BYTES * (1 + FailpointTable.SITES.size());
    }

    /** Returns how often, this time included. */
    long passed(final int failpoint) {
        return 1 + (long) LONGS.getAndAdd(buffer, Long.BYTES * (1 + failpoint), 1L);
    }

    void acted(final int failpoint) {
        LONGS.setVolatile(buffer, 0, 1L + failpoint);
    }

    /** Index of the failpoint that has acted, or -1. */
    public int acted() {
        return (int) ((long) LONGS.getVolatile(buffer, 0) - 1);
    }

    /** How often a failpoint was passed, by all processes that counted in this file. */
    public long count(final int failpoint) {
        return (long) LONGS.getVolatile(buffer, Long.BYTES * (1 + failpoint));
    }

    /** Forgets what has acted; the counts go on. */
    public void rearm() {
        LONGS.setVolatile(buffer, 0, 0L);
    }
}
