package io.millrace.engine.internal;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import com.lmax.disruptor.RingBuffer;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * A publisher claims a slot and then looks at the state; the failing thread sets the state and then looks how far the
 * ring is claimed. At least one sees the other, or a command would wait for its answer for ever.
 */
@JCStressTest
@Outcome(id = "true, true", expect = ACCEPTABLE, desc = "Let in, and the failing thread knows of it.")
@Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The publisher has seen the failure and gives the slot back.")
@Outcome(id = "false, false", expect = ACCEPTABLE, desc = "The publisher has seen the failure.")
@Outcome(id = "true, false", expect = FORBIDDEN, desc = "Let in, and nobody will answer.")
@State
public class ClaimAgainstFailure {
    private static final Throwable CAUSE = new IllegalStateException("cause");
    private static final int SLOTS = 2;
    private static final SlotMemory MEMORY = new SlotMemory(SLOTS, 0);

    private final Lifecycle lifecycle = new Lifecycle();
    private final RingBuffer<CommandSlot> ring =
            RingBuffer.createMultiProducer(() -> new CommandSlot(MEMORY, 0), SLOTS);

    /** A publisher. */
    @Actor
    public void publish(final ZZ_Result result) {
        final long sequence = RingPublisher.claim(ring, lifecycle);
        result.r1 = sequence >= 0;
    }

    /** The failing thread, which then has everybody answered who claimed a slot. */
    @Actor
    public void fail(final ZZ_Result result) {
        lifecycle.fail(CAUSE);
        result.r2 = ring.getCursor() >= 0;
    }
}
