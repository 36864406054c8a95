package io.millrace.benchmarks;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a user would otherwise write: a Disruptor in front of a Chronicle appender, one excerpt per event, no envelope and
 * no checksum. It runs the same state machine through the smallest adapters.
 */
final class HandWiredContender implements Contender {
    @Override
    public Live run(final Path directory, final Settings settings) throws Exception {
        final StateMachine machine = LedgerScenario.newMachine();
        try (ChronicleQueue queue = open(directory, settings);
                HandWiredReadSide readSide = new HandWiredReadSide(queue, settings)) {
            final HandWiredWriter writer = new HandWiredWriter(queue, machine, settings.handWiredInPlace());
            final Disruptor<HandWiredSlot> disruptor = wire(writer, readSide, settings);
            readSide.start();
            final long allocatedBefore = Allocation.total();
            final long startNs = System.nanoTime();
            publish(disruptor.getRingBuffer(), settings);
            writer.await(settings.commands());
            readSide.await(writer.events());
            final long elapsedNs = System.nanoTime() - startNs;
            final long allocated = Allocation.total() - allocatedBefore;
            disruptor.shutdown();
            final Answer answer =
                    new Answer(writer.accepted(), countEvents(queue), StateHash.of(machine), readSide.model.hash());
            return new Live(elapsedNs, allocated, answer);
        }
    }

    private static ChronicleQueue open(final Path directory, final Settings settings) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .blockSize(settings.blockSizeBytes())
                .build();
    }

    private static Disruptor<HandWiredSlot> wire(
            final HandWiredWriter writer, final HandWiredReadSide readSide, final Settings settings) {
        final Disruptor<HandWiredSlot> disruptor = new Disruptor<>(
                HandWiredSlot.factory(settings.ringSize()),
                settings.ringSize(),
                DaemonThreadFactory.INSTANCE,
                settings.handWiredSingleProducer() ? ProducerType.SINGLE : ProducerType.MULTI,
                settings.stageWait().disruptor());
        if (settings.handWiredReadSide() == Settings.ReadSide.RING) {
            disruptor.handleEventsWith(writer).then(readSide);
        } else {
            disruptor.handleEventsWith(writer);
        }
        disruptor.start();
        return disruptor;
    }

    private static void publish(final RingBuffer<HandWiredSlot> ring, final Settings settings) {
        final LedgerScenario.Workload workload = new LedgerScenario.Workload();
        final UnsafeBuffer command = new UnsafeBuffer(new byte[LedgerScenario.COMMAND_BYTES]);
        final IdleStrategy idle = settings.producerWait().idle();
        for (long i = 0; i < settings.commands(); i++) {
            workload.next(command, i);
            while (!ring.hasAvailableCapacity(1)) {
                idle.idle();
            }
            idle.reset();
            final long sequence = ring.next();
            final HandWiredSlot slot = ring.get(sequence);
            slot.requestId = i;
            slot.command.putBytes(0, command, 0, LedgerScenario.COMMAND_BYTES);
            ring.publish(sequence);
        }
    }

    private static long countEvents(final ChronicleQueue queue) {
        long events = 0;
        try (ExcerptTailer tailer = queue.createTailer()) {
            while (true) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return events;
                    }
                    events++;
                }
            }
        }
    }

    @Override
    public Replay replay(final Path directory, final Settings settings) throws Exception {
        final long startNs = System.nanoTime();
        final StateMachine machine = LedgerScenario.newMachine();
        final long events;
        try (ChronicleQueue queue = open(directory, settings);
                ExcerptTailer tailer = queue.createTailer()) {
            events = applyAll(tailer, machine);
        }
        return new Replay(System.nanoTime() - startNs, events, StateHash.of(machine));
    }

    private static long applyAll(final ExcerptTailer tailer, final StateMachine machine) {
        final EventView event = new EventView();
        final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
        long events = 0;
        while (true) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return events;
                }
                machine.apply(HandWiredReadSide.wrap(document, mapped, event));
                events++;
            }
        }
    }
}
