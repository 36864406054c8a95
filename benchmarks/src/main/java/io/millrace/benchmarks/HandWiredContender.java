package io.millrace.benchmarks;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.millrace.engine.StateMachine;
import io.millrace.examples.ledger.LedgerMachine;
import io.millrace.journal.EventView;
import io.millrace.projections.Attachment;
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
        final LedgerMachine machine = settings.scenario().newMachine(settings.commands());
        try (ChronicleQueue queue = open(directory, settings);
                HandWiredReadSide readSide = new HandWiredReadSide(queue, settings)) {
            final HandWiredWriter writer = new HandWiredWriter(queue, machine, settings.handWiredInPlace());
            final Disruptor<HandWiredSlot> disruptor = wire(writer, readSide, settings);
            readSide.start();
            final Producer producer = new Producer(disruptor.getRingBuffer(), settings);
            producer.publish(producer.workload.openingCommands());
            producer.await(writer, readSide);
            final Usage before = Usage.now();
            final long startNs = System.nanoTime();
            producer.publish(settings.commands());
            producer.await(writer, readSide);
            final long elapsedNs = System.nanoTime() - startNs;
            final Usage usage = Usage.now().since(before);
            disruptor.shutdown();
            final Answer answer = new Answer(
                    writer.accepted(),
                    countEvents(queue),
                    settings.scenario().hash(machine),
                    settings.scenario().hash(readSide.model));
            return new Live(elapsedNs, usage, answer);
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
        if (settings.handWiredReadSide() == Attachment.RING) {
            disruptor.handleEventsWith(writer).then(readSide);
        } else {
            disruptor.handleEventsWith(writer);
        }
        disruptor.start();
        return disruptor;
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
        final LedgerMachine machine = settings.scenario().newMachine(settings.commands());
        final long events;
        try (ChronicleQueue queue = open(directory, settings);
                ExcerptTailer tailer = queue.createTailer()) {
            events = applyAll(tailer, machine);
        }
        final long elapsedNs = System.nanoTime() - startNs;
        return new Replay(elapsedNs, events, settings.scenario().hash(machine));
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

    /** Publishes as Millrace's publisher does: a look whether there is room, a claim, a copy. */
    private static final class Producer {
        private final LedgerScenario.Workload workload;
        private final UnsafeBuffer command = new UnsafeBuffer(new byte[LedgerScenario.MAX_COMMAND_BYTES]);
        private final RingBuffer<HandWiredSlot> ring;
        private final Settings settings;
        private long published;

        Producer(final RingBuffer<HandWiredSlot> ring, final Settings settings) {
            this.ring = ring;
            this.settings = settings;
            workload = settings.scenario().newWorkload();
        }

        void publish(final long commands) {
            final IdleStrategy idle = settings.producerWait().idle();
            for (long i = 0; i < commands; i++) {
                final int length = workload.next(command);
                while (!ring.hasAvailableCapacity(1)) {
                    idle.idle();
                }
                idle.reset();
                final long sequence = ring.next();
                final HandWiredSlot slot = ring.get(sequence);
                slot.typeId = workload.typeId();
                slot.requestId = published++;
                slot.length = length;
                slot.command.putBytes(0, command, 0, length);
                ring.publish(sequence);
            }
        }

        void await(final HandWiredWriter writer, final HandWiredReadSide readSide) {
            writer.await(published);
            readSide.await(writer.events());
        }
    }
}
