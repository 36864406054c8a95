package io.millrace.engine;

import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A {@link CounterMachine} whose {@code decide} can be held up by a command of type {@link #HOLD}. */
public final class HoldingMachine implements StateMachine {
    public static final int HOLD = 100;

    private final CounterMachine counters = new CounterMachine();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    @Override
    public void decide(final Command command, final Decision decision) {
        if (command.typeId() == HOLD) {
            held.countDown();
            await(released);
        } else {
            counters.decide(command, decision);
        }
    }

    /** Waits until the writer stands in {@code decide}. */
    public void awaitHeld() {
        await(held);
    }

    public void release() {
        released.countDown();
    }

    private static void await(final CountDownLatch latch) {
        try {
            if (!latch.await(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("latch must be released");
            }
        } catch (final InterruptedException e) {
            throw new AssertionError("nobody interrupts the writer", e);
        }
    }

    @Override
    public void apply(final EventView event) {
        counters.apply(event);
    }

    @Override
    public void save(final DataOutput out) throws IOException {
        counters.save(out);
    }

    @Override
    public void load(final DataInput in) throws IOException {
        counters.load(in);
    }
}
