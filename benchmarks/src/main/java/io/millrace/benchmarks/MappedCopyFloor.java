package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** The floor: the same events copied one behind the other into a fresh mapped file, by one thread that does nothing else. */
final class MappedCopyFloor {
    private static final int EVENT_BYTES = HandWiredExcerpt.MAX_EVENTS_BYTES;

    private MappedCopyFloor() {}

    /** Returns nanoseconds. */
    static long run(final Path directory, final Settings settings) throws IOException {
        final long events = settings.commands();
        final int blockSizeBytes = settings.blockSizeBytes();
        final LedgerScenario.Workload workload = settings.scenario().newWorkload();
        final UnsafeBuffer event =
                new UnsafeBuffer(new byte[HandWiredExcerpt.HEADER_BYTES + LedgerScenario.MAX_COMMAND_BYTES]);
        final UnsafeBuffer payload =
                new UnsafeBuffer(event, HandWiredExcerpt.HEADER_BYTES, LedgerScenario.MAX_COMMAND_BYTES);
        for (int i = 0; i < workload.openingCommands(); i++) {
            workload.next(payload);
        }
        final int eventsPerBlock = blockSizeBytes / EVENT_BYTES;
        try (FileChannel channel = FileChannel.open(
                directory.resolve("floor.dat"),
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            final long startNs = System.nanoTime();
            for (long first = 0; first < events; first += eventsPerBlock) {
                final int count = (int) Math.min(eventsPerBlock, events - first);
                final MappedByteBuffer block = channel.map(
                        FileChannel.MapMode.READ_WRITE, first / eventsPerBlock * blockSizeBytes, blockSizeBytes);
                copy(new UnsafeBuffer(block), workload, event, payload, first, count);
                IoUtil.unmap(block);
            }
            return System.nanoTime() - startNs;
        }
    }

    private static void copy(
            final UnsafeBuffer target,
            final LedgerScenario.Workload workload,
            final UnsafeBuffer event,
            final UnsafeBuffer payload,
            final long first,
            final int count) {
        for (int i = 0; i < count; i++) {
            workload.next(payload);
            HandWiredExcerpt.putSequence(event, 0, first + i + 1, 0);
            target.putBytes(i * EVENT_BYTES, event, 0, EVENT_BYTES);
        }
    }
}
