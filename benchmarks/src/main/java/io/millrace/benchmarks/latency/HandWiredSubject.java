package io.millrace.benchmarks.latency;

import com.lmax.disruptor.EventHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.millrace.benchmarks.compare.HandWiredContender;
import io.millrace.benchmarks.compare.HandWiredReadModel;
import io.millrace.benchmarks.compare.HandWiredSlot;
import io.millrace.benchmarks.compare.HandWiredWriter;
import io.millrace.contest.Transfers;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The Disruptor and Chronicle wired by hand, as in the comparison, with the times taken behind each handler. */
final class HandWiredSubject implements Subject {
    private final AtomicLong done = new AtomicLong();
    private final Disruptor<HandWiredSlot> disruptor;
    private final RingBuffer<HandWiredSlot> ring;

    HandWiredSubject(final Path directory, final int accounts, final int ringSize, final Recording recording) {
        final HandWiredWriter writer = new HandWiredWriter(accounts, HandWiredContender.open(directory));
        final HandWiredReadModel readModel = new HandWiredReadModel(accounts);
        disruptor = new Disruptor<>(
                HandWiredSlot.factory(ringSize),
                ringSize,
                DaemonThreadFactory.INSTANCE,
                ProducerType.SINGLE,
                new SleepingWaitStrategy());
        disruptor
                .handleEventsWith(timed(writer, Section.JOURNALED, recording, new AtomicLong()))
                .then(timed(readModel, Section.PROJECTED, recording, done));
        ring = disruptor.start();
    }

    private static EventHandler<HandWiredSlot> timed(
            final EventHandler<HandWiredSlot> handler,
            final Section section,
            final Recording recording,
            final AtomicLong count) {
        return new EventHandler<>() {
            @Override
            public void onStart() {
                handler.onStart();
            }

            @Override
            public void onBatchStart(final long batchSize, final long queueDepth) {
                handler.onBatchStart(batchSize, queueDepth);
            }

            @Override
            public void onEvent(final HandWiredSlot slot, final long ringSequence, final boolean endOfBatch)
                    throws Exception {
                handler.onEvent(slot, ringSequence, endOfBatch);
                recording.record(section, System.nanoTime() - slot.dueNs());
                count.setRelease(ringSequence + 1);
            }

            @Override
            public void onShutdown() {
                handler.onShutdown();
            }
        };
    }

    @Override
    public boolean offer(final Transfers transfer, final long dueNs) {
        if (!ring.hasAvailableCapacity(1)) {
            return false;
        }
        final long sequence = ring.next();
        ring.get(sequence).fill(transfer, dueNs);
        ring.publish(sequence);
        return true;
    }

    @Override
    public long done() {
        return done.getAcquire();
    }

    @Override
    public void close() {
        disruptor.shutdown();
    }
}
