package io.millrace.engine.internal;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.Sequence;
import io.millrace.engine.StageLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The stages and how they follow each other. The only place where the Disruptor is wired.
 *
 * <pre>
 * FUSED        publishers ──▶ ring ──▶ decide + apply ─ journal ─ outcomes ──┬──▶ ring feeds (projections)
 *                              ▲              one thread                     │
 *                              └────────────── free slots ◀──────────────────┴─── slowest of all
 *
 * PIPELINED    publishers ──▶ ring ──▶ decide + apply ──▶ journal ─ outcomes ──┬──▶ ring feeds (projections)
 *                              ▲         one thread           one thread       │
 *                              └────────────── free slots ◀────────────────────┴─── slowest of all
 * </pre>
 *
 * <p>Both layouts run the same steps on each slot in the same order. A batch, what the Disruptor found published at once,
 * becomes one commit. Nothing behind the journal stage sees a slot before its commit was appended, because it follows
 * the sequence that {@link OutcomeStep} moves, which moves only after the append, and never over a failure. Whatever a step throws goes to {@code onFailure} and ends all work: handlers do
 * nothing once the engine has failed, so no exception ever reaches the Disruptor's own handling.
 */
final class Pipeline {
    private final Steps steps;
    private final int maxBatchCommands;
    private final List<BatchEventProcessor<CommandSlot>> processors = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    /** What the stages are made of. */
    record Steps(
            RingBuffer<CommandSlot> ring,
            RecordRing records,
            RecordSpace space,
            ReadAhead readAhead,
            DecideStep decide,
            JournalStep journal,
            Lifecycle lifecycle,
            Consumer<Throwable> onFailure) {}

    /** Slots up to {@code passed} are free to be used again. */
    Pipeline(final Steps steps, final StageLayout layout, final int maxBatchCommands, final Sequence passed) {
        this.steps = steps;
        this.maxBatchCommands = maxBatchCommands;
        switch (layout) {
            case FUSED -> stage("millrace-writer", new FusedStage());
            case PIPELINED -> {
                final Sequence decided = stage("millrace-decide", new DecideStage());
                stage("millrace-journal", new JournalStage(), decided);
            }
        }
        steps.ring().addGatingSequences(passed);
    }

    private Sequence stage(final String name, final EventHandler<CommandSlot> handler, final Sequence... after) {
        final BatchEventProcessor<CommandSlot> processor = new BatchEventProcessorBuilder()
                .setMaxBatchSize(maxBatchCommands)
                .build(steps.ring(), steps.ring().newBarrier(after), handler);
        processor.setExceptionHandler(new FailingExceptionHandler());
        processors.add(processor);
        threads.add(new Thread(processor, name));
        return processor.getSequence();
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Tells the stages to end after the slots in their hands. */
    void halt() {
        processors.forEach(BatchEventProcessor::halt);
    }

    /** Waits for the stages to end; false if the time ran out first. A stage that calls this does not wait for itself. */
    boolean awaitEnd(final long timeoutNs) {
        return Joining.await(threads, timeoutNs);
    }

    boolean runs(final Thread thread) {
        return threads.contains(thread);
    }

    private void fail(final Throwable e) {
        if (!(e instanceof StageStoppedException)) {
            steps.onFailure().accept(e);
        }
    }

    /** Decide, apply, journal and answer, slot by slot and batch by batch. */
    private final class FusedStage implements EventHandler<CommandSlot> {
        @Override
        public void onBatchStart(final long batchSize, final long queueDepth) {
            steps.space().release();
            steps.decide().onBatchStart();
            steps.readAhead().onBatchStart(batchSize);
        }

        /** Without room for another record, those of the batch so far become a commit of their own. */
        @Override
        public void onEvent(final CommandSlot slot, final long sequence, final boolean endOfBatch) {
            if (steps.lifecycle().isFailed()) {
                return;
            }
            try {
                if (!steps.records().hasRoom()) {
                    steps.journal().commit(sequence - 1);
                    steps.space().awaitRoom();
                }
                steps.readAhead().onSlot(sequence);
                steps.decide().onSlot(slot);
                steps.journal().onSlot(slot, sequence);
                if (endOfBatch) {
                    steps.journal().commit(sequence);
                }
            } catch (final Throwable e) {
                fail(e);
            }
        }
    }

    /** Decides and applies; the journal stage follows on another thread. */
    private final class DecideStage implements EventHandler<CommandSlot> {
        private Sequence progress;

        @Override
        public void setSequenceCallback(final Sequence sequenceCallback) {
            progress = sequenceCallback;
        }

        @Override
        public void onBatchStart(final long batchSize, final long queueDepth) {
            steps.space().release();
            steps.decide().onBatchStart();
            steps.readAhead().onBatchStart(batchSize);
        }

        @Override
        public void onEvent(final CommandSlot slot, final long sequence, final boolean endOfBatch) {
            if (steps.lifecycle().isFailed()) {
                return;
            }
            try {
                if (!steps.records().hasRoom()) {
                    progress.set(sequence - 1);
                    steps.space().awaitRoom();
                }
                steps.readAhead().onSlot(sequence);
                steps.decide().onSlot(slot);
            } catch (final Throwable e) {
                fail(e);
            }
        }
    }

    /** Journals and answers what was decided. */
    private final class JournalStage implements EventHandler<CommandSlot> {
        @Override
        public void onEvent(final CommandSlot slot, final long sequence, final boolean endOfBatch) {
            if (steps.lifecycle().isFailed()) {
                return;
            }
            try {
                steps.journal().onSlot(slot, sequence);
                if (endOfBatch) {
                    steps.journal().commit(sequence);
                }
            } catch (final Throwable e) {
                fail(e);
            }
        }
    }

    /** The stages catch everything themselves; whatever gets here all the same is a failure like any other. */
    private final class FailingExceptionHandler implements ExceptionHandler<CommandSlot> {
        @Override
        public void handleEventException(final Throwable e, final long sequence, final CommandSlot slot) {
            fail(e);
        }

        @Override
        public void handleOnStartException(final Throwable e) {
            fail(e);
        }

        @Override
        public void handleOnShutdownException(final Throwable e) {
            fail(e);
        }
    }
}
