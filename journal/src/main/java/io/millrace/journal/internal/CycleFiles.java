package io.millrace.journal.internal;

import java.io.File;
import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The cycle files that hold something not yet forced. Chronicle's own sync leaves a hole at block boundaries and ignores
 * errors, so the journal forces the whole file through a channel of its own, and the directory once after each new file.
 *
 * <p>The channels are asynchronous ones for one reason: an interrupt of the calling thread closes a {@code FileChannel}
 * in the middle of its force, and leaves these alone.
 */
final class CycleFiles implements AutoCloseable {
    private final Path directory;

    /** Oldest first. Replaced as a whole, under the lock, so that a force can walk it without one and without garbage. */
    private volatile OpenCycle[] dirty = {};

    CycleFiles(final Path directory) {
        this.directory = directory;
    }

    private static final class OpenCycle {
        private final AsynchronousFileChannel channel;
        private boolean directoryForced;

        private OpenCycle(final AsynchronousFileChannel channel, final boolean directoryForced) {
            this.channel = channel;
            this.directoryForced = directoryForced;
        }
    }

    /**
     * The appender moved on to this file. Called before the watermark covers anything in it.
     *
     * @param isListed whether the directory is known to have it on the device
     */
    void onCycle(final File file, final boolean isListed) throws IOException {
        final AsynchronousFileChannel channel = AsynchronousFileChannel.open(file.toPath(), StandardOpenOption.WRITE);
        synchronized (this) {
            final OpenCycle[] more = Arrays.copyOf(dirty, dirty.length + 1);
            more[dirty.length] = new OpenCycle(channel, isListed);
            dirty = more;
        }
    }

    /**
     * Forces every dirty file. A file is dropped once a later one existed before the force began: nothing is written to
     * it any more. One thread at a time.
     */
    void force() throws IOException {
        final OpenCycle[] files = dirty;
        for (final OpenCycle file : files) {
            force(file);
        }
        if (files.length > 1) {
            dropFirst(files.length - 1);
        }
    }

    private void dropFirst(final int count) throws IOException {
        final OpenCycle[] all;
        synchronized (this) {
            all = dirty;
            dirty = Arrays.copyOfRange(all, count, all.length);
        }
        for (int i = 0; i < count; i++) {
            all[i].channel.close();
        }
    }

    private void force(final OpenCycle cycle) throws IOException {
        cycle.channel.force(false);
        if (!cycle.directoryForced) {
            forceDirectory(directory);
            cycle.directoryForced = true;
        }
    }

    static void forceFile(final Path file) throws IOException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(false);
        }
    }

    static void forceDirectory(final Path directory) throws IOException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        IOException failure = null;
        synchronized (this) {
            for (final OpenCycle cycle : dirty) {
                try {
                    cycle.channel.close();
                } catch (final IOException e) {
                    failure = e;
                }
            }
            dirty = new OpenCycle[0];
        }
        if (failure != null) {
            throw failure;
        }
    }
}
