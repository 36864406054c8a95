package io.millrace.benchmarks;

import com.lmax.disruptor.EventHandler;
import io.millrace.engine.StateMachine;
import io.millrace.journal.EventView;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.wire.DocumentContext;
import org.agrona.concurrent.UnsafeBuffer;

/** Decides, applies and appends: one excerpt per event. Then counts the outcome. */
final class HandWiredWriter implements EventHandler<HandWiredSlot> {
    private final ChronicleQueue queue;
    private final StateMachine machine;
    private final boolean inPlace;
    private final HandWiredDecision decision = new HandWiredDecision();
    private final EventView event = new EventView();
    private final PointerBytesStore excerpt = new PointerBytesStore();
    private final UnsafeBuffer mapped = new UnsafeBuffer(0, 0);
    private ExcerptAppender appender;
    private long nextSequence = 1;
    private long timestampNs;

    /** Outcomes given; released by the handler's thread. */
    private final AtomicLong received = new AtomicLong();

    private final AtomicLong accepted = new AtomicLong();

    HandWiredWriter(final ChronicleQueue queue, final StateMachine machine, final boolean inPlace) {
        this.queue = queue;
        this.machine = machine;
        this.inPlace = inPlace;
    }

    @Override
    public void onStart() {
        appender = queue.createAppender();
    }

    @Override
    public void onBatchStart(final long batchSize, final long queueDepth) {
        timestampNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    @Override
    public void onEvent(final HandWiredSlot slot, final long ringSequence, final boolean endOfBatch) {
        slot.timestampNs = timestampNs;
        slot.nextSequence = nextSequence;
        decision.begin(slot.events);
        machine.decide(slot, decision);
        slot.eventCount = decision.eventCount();
        int offset = 0;
        for (int i = 0; i < slot.eventCount; i++) {
            HandWiredExcerpt.putSequence(slot.events, offset, nextSequence, timestampNs);
            final int length = HandWiredExcerpt.length(slot.events, offset);
            append(slot.events, offset, length);
            machine.apply(event.wrap(slot.events, offset, nextSequence, timestampNs));
            nextSequence++;
            offset += length;
        }
        if (decision.accepted()) {
            accepted.setRelease(accepted.getPlain() + 1);
        }
        received.setRelease(received.getPlain() + 1);
    }

    private void append(final UnsafeBuffer source, final int offset, final int length) {
        if (inPlace) {
            try (DocumentContext document = appender.writingDocument()) {
                final Bytes<?> bytes = document.wire().bytes();
                mapped.wrap(bytes.addressForWrite(bytes.writePosition()), length);
                mapped.putBytes(0, source, offset, length);
                bytes.writeSkip(length);
            }
        } else {
            excerpt.set(source.addressOffset() + offset, length);
            appender.writeBytes(excerpt);
        }
    }

    @Override
    public void onShutdown() {
        appender.close();
    }

    void await(final long commands) {
        while (received.getAcquire() < commands) {
            Thread.yield();
        }
    }

    long accepted() {
        return accepted.getAcquire();
    }

    /** Events appended; exact once all commands were {@linkplain #await awaited}. */
    long events() {
        return nextSequence - 1;
    }
}
