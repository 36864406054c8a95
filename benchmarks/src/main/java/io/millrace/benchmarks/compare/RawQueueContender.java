package io.millrace.benchmarks.compare;

import io.millrace.contest.Answer;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.Transfers;
import io.millrace.contest.Turnovers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.nio.file.Path;
import java.util.Map;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Chronicle Queue alone: one thread appends one excerpt per event and does nothing else. */
final class RawQueueContender implements Contender {
    private static final int BLOCK_BYTES = 64 << 20;
    private static final int CACHE_LINE_BYTES = 64;

    @Override
    public String key() {
        return "raw_cq";
    }

    @Override
    public String title() {
        return "Chronicle Queue alone";
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("work", "appends excerpts of 96 bytes, decides and applies nothing, one thread");
    }

    private static ChronicleQueue open(final Path directory) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(LargeRollCycles.XLARGE_DAILY)
                .blockSize(BLOCK_BYTES)
                .build();
    }

    @Override
    public Live live(final Path directory, final Work work) {
        try (ChronicleQueue queue = open(directory)) {
            final Usage usage;
            try (ExcerptAppender appender = queue.createAppender()) {
                final Usage start = Usage.now();
                append(appender, work);
                usage = Usage.now().since(start);
            }
            return new Live(usage, readBack(queue, work));
        }
    }

    private static void append(final ExcerptAppender appender, final Work work) {
        final Transfers transfers = work.transfers();
        final UnsafeBuffer event =
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(ExcerptLayout.BYTES, CACHE_LINE_BYTES));
        final PointerBytesStore excerpt = new PointerBytesStore();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            ExcerptLayout.putHeader(event, transfers.id(), 0, transfers.debit());
            TransferLayout.write(transfers, event, ExcerptLayout.PAYLOAD_OFFSET);
            excerpt.set(event.addressOffset(), ExcerptLayout.BYTES);
            appender.writeBytes(excerpt);
        }
    }

    /** What was appended, applied afterwards: the answer is in the queue and nowhere else. */
    private static Answer readBack(final ChronicleQueue queue, final Work work) {
        final Books books = new Books(work.accounts());
        final Turnovers turnovers = new Turnovers(work.accounts());
        final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
        try (ExcerptTailer tailer = queue.createTailer()) {
            for (long events = 0; ; events++) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return new Answer(events, events, books.hash(), turnovers.hash());
                    }
                    final var bytes = document.wire().bytes();
                    mapped.wrap(bytes.addressForRead(bytes.readPosition()), ExcerptLayout.BYTES);
                    final int debit = TransferLayout.debit(mapped, ExcerptLayout.PAYLOAD_OFFSET);
                    final int credit = TransferLayout.credit(mapped, ExcerptLayout.PAYLOAD_OFFSET);
                    final long amount = TransferLayout.amount(mapped, ExcerptLayout.PAYLOAD_OFFSET);
                    books.apply(debit, credit, amount);
                    turnovers.add(debit, credit, amount);
                }
            }
        }
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public Replay replay(final Path directory, final Work work) {
        throw new UnsupportedOperationException("Chronicle Queue alone has no state to replay into");
    }
}
