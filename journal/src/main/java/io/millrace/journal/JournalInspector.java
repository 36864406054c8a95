package io.millrace.journal;

import io.millrace.journal.internal.Inspection;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Looks into a journal directory from outside: reads and checks everything as an opening would, and changes nothing. Works
 * beside a live writer, in its process or another; it then sees what was journaled when it got there. Takes no lock and
 * needs no write permission. Not thread-safe; may be used again and again.
 */
public final class JournalInspector {
    /** Told how far a pass has got; on the calling thread, every few megabytes. */
    @FunctionalInterface
    public interface ProgressListener {
        /**
         * Some more was read.
         *
         * @param bytesDone so far
         * @param bytesTotal of all files, as far as they are written
         */
        void onProgress(long bytesDone, long bytesTotal);
    }

    private final Path directory;
    private ProgressListener listener = (bytesDone, bytesTotal) -> {};

    private JournalInspector(final Path directory) {
        this.directory = Objects.requireNonNull(directory, "directory");
    }

    /**
     * An inspector for a directory.
     *
     * @param directory of a journal
     * @return a new inspector
     * @throws MissingJvmFlagsException if the JVM lacks a needed flag
     */
    public static JournalInspector at(final Path directory) {
        JvmFlags.require();
        return new JournalInspector(directory);
    }

    /**
     * Has somebody told how far a pass has got.
     *
     * @param progressListener called on the inspecting thread
     * @return this
     */
    public JournalInspector progress(final ProgressListener progressListener) {
        listener = Objects.requireNonNull(progressListener, "progressListener");
        return this;
    }

    /**
     * Reads and checks everything.
     *
     * @return what was found
     * @throws JournalException if there is no journal, or it cannot be read
     * @throws JournalCorruptException if the manifest is damaged, so that nothing can be said of the rest
     */
    public JournalState verify() {
        return Inspection.look(
                directory, listener, Inspection::verify, state -> state.verdict() == JournalState.Verdict.OK);
    }

    /**
     * Reads and delivers what is there from a sequence on. Each commit is checked before it is delivered; at the first
     * bad one the delivery ends. Cycles before the one that holds the sequence are not read, so stream versions are not
     * checked, and the verdict is about what was read.
     *
     * @param fromSequence first to deliver, at least 1
     * @param handler receives commands and events; an exception of its passes through
     * @return what was found
     * @throws JournalException if there is no journal, it cannot be read, or its events before that were deleted while
     *     they were read
     */
    public JournalState read(final long fromSequence, final JournalHandler handler) {
        return new Inspection(directory, listener).read(fromSequence, handler);
    }

    /**
     * Takes an anchor: digests of everything that the journal holds now.
     *
     * @return to be kept where whoever can change the journal cannot change it
     * @throws JournalException if the journal is damaged
     */
    public JournalAnchor anchor() {
        return Inspection.look(directory, listener, Inspection::anchor, anchor -> true);
    }

    /**
     * Compares the journal with an anchor taken earlier. Finds what a chain alone cannot: a tail that is gone, and a
     * history that was written anew from some commit on.
     *
     * @param anchor taken earlier
     * @return what is wrong, null if the journal continues what the anchor saw
     * @throws JournalException if there is no journal, or it cannot be read
     */
    public JournalState.Damage compare(final JournalAnchor anchor) {
        return Inspection.look(directory, listener, pass -> pass.compare(anchor), Objects::isNull);
    }
}
