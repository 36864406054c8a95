package io.millrace.journal.internal;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;

/**
 * The cycle files that hold something not yet forced. Chronicle's own sync leaves a hole at block boundaries and ignores
 * errors, so the journal forces the whole file through a channel of its own, and the directory once after each new file.
 */
final class CycleFiles implements AutoCloseable {
    private final Path directory;
    private final ArrayDeque<OpenCycle> dirty = new ArrayDeque<>();

    CycleFiles(final Path directory) {
        this.directory = directory;
    }

    private static final class OpenCycle {
        private final FileChannel channel;
        private boolean directoryForced;

        private OpenCycle(final FileChannel channel) {
            this.channel = channel;
        }
    }

    /** The appender moved on to this file. Called before the watermark covers anything in it. */
    void onCycle(final File file) throws IOException {
        final FileChannel channel = FileChannel.open(file.toPath(), StandardOpenOption.WRITE);
        synchronized (dirty) {
            dirty.add(new OpenCycle(channel));
        }
    }

    /**
     * Forces every dirty file. A file is dropped once a later one existed before the force began: nothing is written to
     * it any more.
     */
    void force() throws IOException {
        final OpenCycle[] files;
        synchronized (dirty) {
            files = dirty.toArray(OpenCycle[]::new);
        }
        for (int i = 0; i < files.length; i++) {
            force(files[i]);
            if (i < files.length - 1) {
                synchronized (dirty) {
                    dirty.remove(files[i]);
                }
                files[i].channel.close();
            }
        }
    }

    private void force(final OpenCycle cycle) throws IOException {
        cycle.channel.force(false);
        if (!cycle.directoryForced) {
            forceDirectory(directory);
            cycle.directoryForced = true;
        }
    }

    static void forceDirectory(final Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        synchronized (dirty) {
            for (final OpenCycle cycle : dirty) {
                cycle.channel.close();
            }
            dirty.clear();
        }
    }
}
