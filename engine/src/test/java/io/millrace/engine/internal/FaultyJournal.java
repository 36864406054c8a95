package io.millrace.engine.internal;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Eventually;
import io.millrace.engine.StateMachine;
import io.millrace.journal.CommandEncoder;
import io.millrace.journal.Journal;
import io.millrace.journal.JournalFailedException;
import io.millrace.journal.JournalReader;
import io.millrace.journal.RecoveryReport;
import io.millrace.journal.RetentionHold;
import io.millrace.journal.StreamReader;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** A real journal behind one whose appends and forces can be counted, held up and made to fail, and whose disk fills up. */
final class FaultyJournal implements Journal {
    final AtomicInteger appends = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    /** Bytes of the records that were appended. */
    final AtomicLong appendedBytes = new AtomicLong();

    /** Highest sequence that a force has covered. */
    final AtomicLong forcedSequence = new AtomicLong();

    /** Runs before each append, with its number from 1. */
    volatile Consumer<Integer> onAppend = number -> {};

    /** Runs before each force, with its number from 1. */
    volatile Consumer<Integer> onForce = number -> {};

    /** Runs before it is closed. */
    volatile Runnable onClose = () -> {};

    /** What the journal says of its disk. */
    volatile boolean diskFull;

    private Journal journal;

    /** For {@link #launch}. */
    FaultyJournal() {}

    FaultyJournal(final Journal journal) {
        this.journal = journal;
    }

    /** Launches an engine on this journal. */
    Engine launch(final EngineConfig config, final StateMachine machine) {
        return DisruptorEngine.launch(config, machine, opened -> {
            journal = opened;
            return this;
        });
    }

    static JournalFailedException askedTo() {
        return new JournalFailedException("asked to", null);
    }

    static void await(final CountDownLatch latch) {
        try {
            if (!latch.await(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("latch must be released");
            }
        } catch (final InterruptedException e) {
            throw new AssertionError("nobody interrupts this thread", e);
        }
    }

    @Override
    public void append(
            final DirectBuffer records,
            final int offset,
            final int length,
            final int commandCount,
            final int eventCount,
            final long baseTimestampNs) {
        onAppend.accept(appends.incrementAndGet());
        journal.append(records, offset, length, commandCount, eventCount, baseTimestampNs);
        appendedBytes.addAndGet(length);
    }

    @Override
    public long force() {
        onForce.accept(forces.incrementAndGet());
        final long sequence = journal.force();
        forcedSequence.set(sequence);
        return sequence;
    }

    @Override
    public CommandEncoder commandEncoder() {
        return journal.commandEncoder();
    }

    @Override
    public long nowNs() {
        return journal.nowNs();
    }

    @Override
    public JournalReader newReader(final long fromSequence) {
        return journal.newReader(fromSequence);
    }

    @Override
    public StreamReader newStreamReader() {
        return journal.newStreamReader();
    }

    @Override
    public long journaledSequence() {
        return journal.journaledSequence();
    }

    @Override
    public long syncedSequence() {
        return journal.syncedSequence();
    }

    @Override
    public boolean isDiskFull() {
        return diskFull || journal.isDiskFull();
    }

    @Override
    public long firstSequence() {
        return journal.firstSequence();
    }

    @Override
    public int deleteBefore(final long sequence) {
        return journal.deleteBefore(sequence);
    }

    @Override
    public RetentionHold hold(final long sequence) {
        return journal.hold(sequence);
    }

    @Override
    public RecoveryReport recovery() {
        return journal.recovery();
    }

    @Override
    public long journalId() {
        return journal.journalId();
    }

    @Override
    public int epoch() {
        return journal.epoch();
    }

    @Override
    public Throwable failure() {
        return journal.failure();
    }

    @Override
    public void close() {
        closes.incrementAndGet();
        onClose.run();
        journal.close();
    }
}
