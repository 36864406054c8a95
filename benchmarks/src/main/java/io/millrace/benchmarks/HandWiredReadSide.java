package io.millrace.benchmarks;

import com.lmax.disruptor.EventHandler;
import io.millrace.benchmarks.rig.Joining;
import io.millrace.examples.ledger.AccountBalances;
import io.millrace.journal.EventView;
import io.millrace.projections.Attachment;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/** The live read model: a handler behind the writer, or a tailer on a thread of its own. */
final class HandWiredReadSide implements EventHandler<HandWiredSlot>, AutoCloseable {
    final AccountBalances model;

    private final EventView event = new EventView();
    private final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
    private final AtomicLong applied = new AtomicLong();
    private final ChronicleQueue queue;
    private final Settings settings;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile Throwable failure;

    HandWiredReadSide(final ChronicleQueue queue, final Settings settings) {
        this.queue = queue;
        this.settings = settings;
        model = settings.scenario().newReadModel();
        thread = new Thread(this::tail, "hand-wired-projection");
    }

    void start() {
        if (settings.handWiredReadSide() == Attachment.TAILING) {
            thread.start();
        }
    }

    @Override
    public void onEvent(final HandWiredSlot slot, final long ringSequence, final boolean endOfBatch) {
        int offset = 0;
        for (int i = 0; i < slot.eventCount; i++) {
            model.onEvent(HandWiredExcerpt.wrap(event, slot.events, offset));
            offset += HandWiredExcerpt.length(slot.events, offset);
        }
        applied.setRelease(slot.nextSequence + slot.eventCount - 1);
    }

    private void tail() {
        try (ExcerptTailer tailer = queue.createTailer()) {
            final IdleStrategy idle = settings.stageWait().idle();
            while (!stopped) {
                idle.idle(readOne(tailer));
            }
        } catch (final Throwable e) {
            failure = e;
        }
    }

    private int readOne(final ExcerptTailer tailer) {
        try (DocumentContext document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return 0;
            }
            model.onEvent(wrap(document, mapped, event));
            applied.setRelease(event.sequence());
            return 1;
        }
    }

    /** Looks at an excerpt in the mapped file. */
    static EventView wrap(final DocumentContext document, final UnsafeBuffer mapped, final EventView view) {
        final Bytes<?> bytes = document.wire().bytes();
        mapped.wrap(bytes.addressForRead(bytes.readPosition()), (int) bytes.readRemaining());
        return HandWiredExcerpt.wrap(view, mapped, 0);
    }

    void await(final long sequence) {
        while (applied.getAcquire() < sequence) {
            if (failure != null) {
                throw new IllegalStateException("projection must not fail", failure);
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        stopped = true;
        Joining.join(thread);
    }
}
