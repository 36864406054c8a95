package io.millrace.journal.internal;

import io.millrace.journal.JournalException;
import io.millrace.journal.JournalHandler;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * Replay on two threads: one reads, checks and rebuilds what the journal needs, the caller's hands out what was found good.
 * So a journal is opened in the time that the slower of both takes.
 *
 * <pre>
 *   millrace-scan    file ──▶ free piece ──▶ check, stream heads ──▶ filled piece ─┐
 *                                 ▲                                               ▼
 *   caller                        └──────────── delivered piece ◀── handler ◀──────┘
 * </pre>
 *
 * <p>A piece belongs to one of them at a time. The release store of {@code filled} hands it over and that of
 * {@code delivered} hands it back; both pair with the other thread's acquire load. Whichever fails or is interrupted ends
 * the other.
 */
final class ScanAhead implements ReadMemory {
    /** So that together they stay in a cache. */
    private static final int PIECES = 4;

    private static final int MAX_SPINS = 100;
    private static final int MAX_YIELDS = 10;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 1_000_000;

    private final Path directory;
    private final CommitView view;
    private final JournalHandler handler;
    private final CommitView.Progress progress = new CommitView.Progress();
    private final ScanPiece[] pieces = new ScanPiece[PIECES];
    private final Watermark filled = new Watermark();
    private final Watermark delivered = new Watermark();
    private final IdleStrategy noRoom = newIdle();
    private final IdleStrategy nothingYet = newIdle();
    private volatile boolean ended;
    private volatile boolean cancelled;

    /** Of the scanning thread; to be read once it has ended. */
    private Throwable failure;

    /** The scanning thread's own: how many pieces it has taken, the last of which it still fills. */
    private long taken;

    ScanAhead(final Path directory, final long journalId, final JournalHandler handler) {
        this.directory = directory;
        this.handler = handler;
        view = new CommitView(journalId);
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = new ScanPiece();
        }
    }

    private static IdleStrategy newIdle() {
        return new BackoffIdleStrategy(MAX_SPINS, MAX_YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    }

    private ScanPiece piece(final long number) {
        return pieces[(int) (number % PIECES)];
    }

    /** The scanner has done with the piece before. */
    @Override
    public ByteBuffer next(final int minBytes) {
        filled.setRelease(taken);
        noRoom.reset();
        while (taken - delivered.getAcquire() == PIECES) {
            requireNotCancelled();
            noRoom.idle();
        }
        requireNotCancelled();
        return piece(taken++).begin(minBytes);
    }

    private void requireNotCancelled() {
        if (cancelled) {
            throw new CancelledException();
        }
    }

    /** Has a commit handed out, which lies in the memory given last and was found good. On the scanning thread. */
    void add(final CommitView commit) {
        piece(taken - 1).add(commit);
    }

    /**
     * Has a scan made, which reads into this memory, on a thread of its own, and hands out on this one what it adds.
     *
     * @throws JournalException if this thread is interrupted
     */
    void run(final Runnable scan) {
        final Thread thread = new Thread(() -> scan(scan), "millrace-scan");
        thread.setDaemon(true);
        thread.start();
        try {
            deliverAll();
        } finally {
            cancelled = true;
            Joining.join(thread);
            for (final ScanPiece piece : pieces) {
                piece.close();
            }
        }
        rethrowFailure();
    }

    private void scan(final Runnable scan) {
        try {
            scan.run();
        } catch (final Throwable e) {
            failure = e;
        } finally {
            // What was good before a failure is handed out, too.
            filled.setRelease(taken);
            ended = true;
        }
    }

    private void deliverAll() {
        long done = 0;
        while (true) {
            requireNotInterrupted();
            // Looked at first: once it is set, nothing is filled any more.
            final boolean last = ended;
            if (done < filled.getAcquire()) {
                piece(done).deliver(view, handler, progress);
                delivered.setRelease(++done);
                nothingYet.reset();
            } else if (last) {
                return;
            } else {
                nothingYet.idle();
            }
        }
    }

    private void requireNotInterrupted() {
        if (Thread.currentThread().isInterrupted()) {
            throw new JournalException("opening must not be interrupted: directory=" + directory);
        }
    }

    private void rethrowFailure() {
        if (failure instanceof Error) {
            throw (Error) failure;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Ends the scan when the other thread has failed; nobody sees it. */
    private static final class CancelledException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private CancelledException() {
            super(null, null, false, false);
        }
    }
}
