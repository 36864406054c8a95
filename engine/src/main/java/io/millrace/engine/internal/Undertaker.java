package io.millrace.engine.internal;

import com.lmax.disruptor.RingBuffer;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers everybody that a failed engine left waiting: what waits for a force and what was given to the journal becomes
 * {@code UNKNOWN}, what was not is {@code FAILED} for certain. Runs once, on a thread of its own, after the stages have
 * ended, or without them when they take too long. A slot that is claimed and not yet published is waited for without
 * holding up the others.
 */
final class Undertaker implements Runnable {
    private static final long PAUSE_NS = 1_000_000;

    private final RingBuffer<CommandSlot> ring;
    private final Pipeline pipeline;
    private final JournalStep journalStep;
    private final OutcomeStep outcomeStep;
    private final PendingOutcomes pending;
    private final OutcomeSender sender;
    private final long stagesTimeoutNs;
    private volatile boolean answered;
    private final SlotOutcome outcome = new SlotOutcome(new UnsafeBuffer(new byte[0]));

    Undertaker(
            final RingBuffer<CommandSlot> ring,
            final Pipeline pipeline,
            final JournalStep journalStep,
            final OutcomeStep outcomeStep,
            final PendingOutcomes pending,
            final OutcomeSender sender,
            final long stagesTimeoutNs) {
        this.ring = ring;
        this.pipeline = pipeline;
        this.journalStep = journalStep;
        this.outcomeStep = outcomeStep;
        this.pending = pending;
        this.sender = sender;
        this.stagesTimeoutNs = stagesTimeoutNs;
    }

    @Override
    public void run() {
        boolean ended = pipeline.awaitEnd(stagesTimeoutNs);
        final List<Long> waiting = new ArrayList<>();
        for (long sequence = outcomeStep.takeOver() + 1; sequence <= ring.getCursor(); sequence++) {
            waiting.add(sequence);
        }
        pending.abandon();
        waiting.removeIf(this::answerIfPublished);
        answered = true;
        while (!waiting.isEmpty() || !ended) {
            LockSupport.parkNanos(PAUSE_NS);
            waiting.removeIf(this::answerIfPublished);
            ended = pipeline.awaitEnd(1);
            pending.abandon();
        }
    }

    /** Everybody was answered but those who have not published what they claimed. */
    boolean hasAnswered() {
        return answered;
    }

    private boolean answerIfPublished(final long sequence) {
        if (!ring.isAvailable(sequence)) {
            return false;
        }
        final CommandSlot slot = ring.get(sequence);
        switch (slot.kind()) {
            case CommandSlot.COMMAND -> {
                final OutcomeStatus status =
                        sequence <= journalStep.attemptedRingSequence() ? OutcomeStatus.UNKNOWN : OutcomeStatus.FAILED;
                sender.send(
                        outcome.abandoned(slot.clientId(), slot.requestId(), status),
                        slot.publisherId(),
                        slot.future());
            }
            case CommandSlot.INSPECTION -> slot.inspection().fail(new PublishException(PublishResult.FAILED));
            default -> {}
        }
        slot.clearReferences();
        return true;
    }
}
