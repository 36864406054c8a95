package io.millrace.benchmarks;

import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.WaitStrategy;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.millrace.engine.StageLayout;
import io.millrace.projections.Attachment;
import java.util.function.Supplier;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What all contenders have in common in a run, and where they may be told to differ. */
record Settings(
        long commands,
        int ringSize,
        int maxBatchCommands,
        Wait stageWait,
        Wait producerWait,
        StageLayout layout,
        Attachment millraceReadSide,
        Attachment handWiredReadSide,
        boolean handWiredInPlace,
        boolean handWiredSingleProducer,
        int blockSizeBytes,
        int touchAheadBytes) {
    /** How a thread waits. */
    enum Wait {
        /** Spins, then yields, then naps. */
        SLEEPING(SleepingWaitStrategy::new, () -> new BackoffIdleStrategy(100, 100, 1, 1)),
        /** Naps at once. */
        NAPPING(() -> new SleepingWaitStrategy(0, 1), () -> new BackoffIdleStrategy(1, 1, 1, 1)),
        /** Spins a little, then sleeps long enough for others to get something done. */
        RESTING(() -> new SleepingWaitStrategy(100, 100_000), () -> new BackoffIdleStrategy(100, 1, 100_000, 100_000)),
        /** Yields for ever. */
        YIELDING(YieldingWaitStrategy::new, YieldingIdleStrategy::new),
        /** Spins for ever. */
        SPINNING(BusySpinWaitStrategy::new, BusySpinIdleStrategy::new),
        /** Waits for a signal; where there is none, naps. */
        BLOCKING(BlockingWaitStrategy::new, () -> new BackoffIdleStrategy(1, 1, 1, 1));

        private final Supplier<WaitStrategy> disruptor;
        private final Supplier<IdleStrategy> idle;

        Wait(final Supplier<WaitStrategy> disruptor, final Supplier<IdleStrategy> idle) {
            this.disruptor = disruptor;
            this.idle = idle;
        }

        WaitStrategy disruptor() {
            return disruptor.get();
        }

        IdleStrategy idle() {
            return idle.get();
        }
    }
}
