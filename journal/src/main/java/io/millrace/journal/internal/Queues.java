package io.millrace.journal.internal;

import java.nio.file.Path;
import net.openhft.chronicle.bytes.SyncMode;
import net.openhft.chronicle.core.time.TimeProvider;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/** Chronicle queues as the journal wants them, always alike: a queue must be opened as it was made. */
final class Queues {
    private Queues() {}

    /** A queue that writes to the cycle that the time provider shows, and leaves forcing to us. */
    static SingleChronicleQueue open(final Path directory, final int blockSizeBytes, final TimeProvider time) {
        return SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(CycleRoll.NUMBERED)
                .blockSize(blockSizeBytes)
                .syncMode(SyncMode.NONE)
                .timeProvider(time)
                .build();
    }

    static ExcerptTailer newTailer(final SingleChronicleQueue queue) {
        final ExcerptTailer tailer = queue.createTailer();
        // Readers may be handed from thread to thread by their owner; the hand-over is the owner's to order.
        tailer.singleThreadedCheckDisabled(true);
        return tailer;
    }
}
