package io.millrace.benchmarks.compare;

import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.SleepingWaitStrategy;
import com.lmax.disruptor.dsl.Disruptor;
import com.lmax.disruptor.dsl.ProducerType;
import com.lmax.disruptor.util.DaemonThreadFactory;
import io.millrace.contest.Answer;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a user would otherwise write: a Disruptor in front of a Chronicle appender, one excerpt per event, then a handler
 * with the read model. No envelope, no checksum, no outcomes but a counter. Without a journal it is the bare hop.
 */
public final class HandWiredContender implements Contender {
    private static final int BLOCK_BYTES = 64 << 20;

    private final boolean journaled;
    private final int ringSize;

    HandWiredContender(final boolean journaled, final Options options) {
        this.journaled = journaled;
        ringSize = options.ringSize();
    }

    @Override
    public String key() {
        return journaled ? "hand_wired" : "raw_disruptor";
    }

    @Override
    public String title() {
        return journaled ? "Disruptor + Chronicle by hand" : "Disruptor alone";
    }

    @Override
    public Durability durability() {
        return journaled ? Durability.JOURNALED : Durability.MEMORY;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ring", ringSize + " preallocated slots, one producer, SleepingWaitStrategy");
        settings.put(
                "handlers", journaled ? "decide, append, apply; then read model" : "decide, apply; then read model");
        if (journaled) {
            settings.put("journal", "Chronicle Queue, one excerpt of 96 bytes per event, blocks of 64 MiB");
        }
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final HandWiredWriter writer = new HandWiredWriter(work.accounts(), journaled ? open(directory) : null);
        final HandWiredReadModel readModel = new HandWiredReadModel(work.accounts());
        final Disruptor<HandWiredSlot> disruptor = new Disruptor<>(
                HandWiredSlot.factory(ringSize),
                ringSize,
                DaemonThreadFactory.INSTANCE,
                ProducerType.SINGLE,
                new SleepingWaitStrategy());
        disruptor.handleEventsWith(writer).then(readModel);
        disruptor.start();
        final Usage start = Usage.now();
        publish(disruptor.getRingBuffer(), work);
        readModel.await(work.commands());
        final Usage usage = Usage.now().since(start);
        disruptor.shutdown();
        return new Live(
                usage,
                new Answer(
                        writer.accepted(),
                        writer.events(),
                        writer.books().hash(),
                        readModel.turnovers().hash()));
    }

    public static ChronicleQueue open(final Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .blockSize(BLOCK_BYTES)
                .build();
    }

    private static void publish(final RingBuffer<HandWiredSlot> ring, final Work work) {
        final Transfers transfers = work.transfers();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            final long sequence = ring.next();
            TransferLayout.write(transfers, ring.get(sequence).command, 0);
            ring.publish(sequence);
        }
    }

    @Override
    public boolean replays() {
        return journaled;
    }

    @Override
    public Replay replay(final Path directory, final Work work) {
        final Usage start = Usage.now();
        final Books books = new Books(work.accounts());
        try (ChronicleQueue queue = open(directory);
                ExcerptTailer tailer = queue.createTailer()) {
            final long events = applyAll(tailer, books);
            return new Replay(Usage.now().since(start), events, books.hash());
        }
    }

    private static long applyAll(final ExcerptTailer tailer, final Books books) {
        final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
        for (long events = 0; ; events++) {
            try (DocumentContext document = tailer.readingDocument()) {
                if (!document.isPresent()) {
                    return events;
                }
                final var bytes = document.wire().bytes();
                mapped.wrap(bytes.addressForRead(bytes.readPosition()), ExcerptLayout.BYTES);
                books.apply(
                        TransferLayout.debit(mapped, ExcerptLayout.PAYLOAD_OFFSET),
                        TransferLayout.credit(mapped, ExcerptLayout.PAYLOAD_OFFSET),
                        TransferLayout.amount(mapped, ExcerptLayout.PAYLOAD_OFFSET));
            }
        }
    }
}
