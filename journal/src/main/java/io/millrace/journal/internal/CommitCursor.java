package io.millrace.journal.internal;

import io.millrace.journal.EventView;
import io.millrace.journal.JournalCorruptException;
import io.millrace.journal.JournalException;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalHandler;
import java.io.File;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.io.ClosedIllegalStateException;
import net.openhft.chronicle.core.threads.InterruptedRuntimeException;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Walks the commits of an open journal in place, through a Chronicle tailer, and checks each one before it hands anything
 * out. For the readers of a running journal; recovery and tools read the files themselves, with {@link CycleScanner}.
 *
 * <p>The protocol per commit: {@link #open} (true when there is one), then {@link #deliver} or the accessors, then
 * {@link #close}. The mapped memory is valid only in between.
 */
final class CommitCursor {
    private final Supplier<ExcerptTailer> newTailer;
    private final Path directory;
    private final CommitView commit;
    private final BooleanSupplier nextDocument = this::nextDocument;
    private final BooleanSupplier moveToTarget = this::moveToTarget;
    private ExcerptTailer tailer;
    private DocumentContext document;
    private long targetIndex;
    private long fileOffset;
    private JournalCorruptException damage;

    /** The tailer is made by the first move, when there is a commit: where a file has no header, Chronicle waits for it. */
    CommitCursor(final Supplier<ExcerptTailer> newTailer, final Path directory, final long journalId) {
        this.newTailer = newTailer;
        this.directory = directory;
        commit = new CommitView(journalId);
    }

    /** Expects the oldest commit of the journal next: the first of a cycle, or of Chronicle's oldest if that is -1. */
    void toStart(final long firstSequence, final long firstChain, final int cycle) {
        commit.expect(firstSequence, firstChain);
        targetIndex = CycleRoll.NUMBERED.toIndex(Math.max(0, cycle), 0);
        if (cycle < 0 || !chronicle(moveToTarget)) {
            chronicle(() -> tailer().toStart() != null);
        }
    }

    /** Expects the commit with that Chronicle index and first sequence next; what came before it is then unknown. */
    void toIndex(final long chronicleIndex, final long firstSequence) {
        commit.expectUnchained(firstSequence);
        moveTo(chronicleIndex);
    }

    private void moveTo(final long chronicleIndex) {
        targetIndex = chronicleIndex;
        if (!chronicle(moveToTarget)) {
            throw corrupt("the commit with Chronicle index " + Long.toHexString(chronicleIndex) + " must be there");
        }
    }

    private boolean moveToTarget() {
        return tailer().moveToIndex(targetIndex);
    }

    private ExcerptTailer tailer() {
        if (tailer == null) {
            tailer = newTailer.get();
        }
        return tailer;
    }

    /**
     * Opens and checks the next commit.
     *
     * @return false when there is none yet
     * @throws JournalCorruptException if it is not as it was written, now and at every later call
     * @throws JournalFailedException if the reader or its journal was closed
     */
    boolean open() {
        if (damage != null) {
            throw damage;
        }
        if (!chronicle(nextDocument)) {
            close();
            return false;
        }
        final Bytes<?> bytes = document.wire().bytes();
        fileOffset = bytes.readPosition();
        final String wrong = commit.open(bytes.addressForRead(fileOffset), bytes.readRemaining());
        if (wrong != null) {
            throw corrupt(wrong);
        }
        return true;
    }

    private boolean nextDocument() {
        document = tailer.readingDocument();
        return document.isPresent();
    }

    /** Damaged headers and index pages make Chronicle throw anything, or trip over its own assertions. */
    private boolean chronicle(final BooleanSupplier step) {
        try {
            return step.getAsBoolean();
        } catch (final ClosedIllegalStateException e) {
            throw new JournalFailedException("reader and journal must be open: directory=" + directory, e);
        } catch (final InterruptedRuntimeException e) {
            throw new JournalException("reading must not be interrupted: directory=" + directory, e);
        } catch (final Exception | AssertionError | InternalError e) {
            throw corrupt("Chronicle must find its way to the commit: " + e, e);
        }
    }

    /** See {@link CommitView#deliver}. */
    void deliver(final JournalHandler handler, final CommitView.Progress progress) {
        commit.deliver(handler, progress);
    }

    /** See {@link CommitView#locate}. */
    void locate(final long sequence, final EventView view) {
        commit.locate(sequence, view);
    }

    /** Lets go of the open commit; the cursor stands behind it. Does nothing when none is open. */
    void close() {
        final DocumentContext open = document;
        if (open != null) {
            document = null;
            open.close();
        }
    }

    /** Lets go of the open commit and stands before it again. */
    void rewind() {
        final long index = document.index();
        commit.rewind();
        close();
        moveTo(index);
    }

    /** Gives the mapping back. */
    void release() {
        if (tailer != null) {
            tailer.close();
        }
    }

    /** Marks the journal as damaged at the commit that is open, or was to be opened, and lets go of it. */
    JournalCorruptException corrupt(final String cause) {
        return corrupt(cause, null);
    }

    private JournalCorruptException corrupt(final String message, final Throwable cause) {
        final File current = tailer == null ? null : tailer.currentFile();
        damage = new JournalCorruptException(
                current == null ? directory : current.toPath(), fileOffset, commit.expectedFirst(), message);
        if (cause != null) {
            damage.initCause(cause);
        }
        Closing.quietly(this::close, damage);
        return damage;
    }

    /** Sequence that the next commit must start with. */
    long expectedFirst() {
        return commit.expectedFirst();
    }

    long firstSequence() {
        return commit.firstSequence();
    }

    /** Sequence of the last event up to and including the open commit. */
    long lastSequence() {
        return commit.lastSequence();
    }
}
