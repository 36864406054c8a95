package io.millrace.benchmarks.compare;

import com.lmax.disruptor.EventHandler;
import io.millrace.contest.Books;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import org.agrona.DirectBuffer;

/** Decides, appends one excerpt, applies. Without a queue it only decides and applies. */
public final class HandWiredWriter implements EventHandler<HandWiredSlot> {
    private final Books books;
    private final ChronicleQueue queue;
    private final PointerBytesStore excerpt = new PointerBytesStore();
    private ExcerptAppender appender;
    private long timestampNs;
    private long accepted;
    private long events;

    public HandWiredWriter(final int accounts, final ChronicleQueue queue) {
        this.queue = queue;
        books = new Books(accounts);
    }

    @Override
    public void onStart() {
        appender = queue == null ? null : queue.createAppender();
    }

    @Override
    public void onBatchStart(final long batchSize, final long queueDepth) {
        timestampNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    @Override
    public void onEvent(final HandWiredSlot slot, final long ringSequence, final boolean endOfBatch) {
        final DirectBuffer command = slot.command;
        final int debit = TransferLayout.debit(command, 0);
        final int credit = TransferLayout.credit(command, 0);
        final long amount = TransferLayout.amount(command, 0);
        slot.accepted = books.allows(debit, amount);
        if (!slot.accepted) {
            return;
        }
        accepted++;
        ExcerptLayout.putHeader(slot.excerpt, ++events, timestampNs, debit);
        TransferLayout.writeEvent(
                command,
                0,
                slot.excerpt,
                ExcerptLayout.PAYLOAD_OFFSET,
                books.balance(debit) - amount,
                books.balance(credit) + amount);
        if (appender != null) {
            excerpt.set(slot.excerpt.addressOffset(), ExcerptLayout.BYTES);
            appender.writeBytes(excerpt);
        }
        books.apply(debit, credit, amount);
    }

    @Override
    public void onShutdown() {
        if (queue != null) {
            appender.close();
            queue.close();
        }
    }

    Books books() {
        return books;
    }

    long accepted() {
        return accepted;
    }

    long events() {
        return events;
    }
}
