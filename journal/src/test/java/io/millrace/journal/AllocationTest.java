package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoding, appending, forcing and polling leave no garbage once warm. */
class AllocationTest {
    private static final int OPERATIONS = 100_000;
    private static final int FORCES = 50;
    private static final double MAX_BYTES_PER_OPERATION = 0.1;

    @TempDir
    Path directory;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long events;

    @Test
    void shouldNotAllocateWhenAppendingAndPolling() {
        final JournalConfig config = JournalConfig.at(directory).blockSizeBytes(64 << 20);
        try (Journal journal = Journal.open(config, event -> {});
                JournalReader reader = journal.newReader(1)) {
            final UnsafeBuffer records = new UnsafeBuffer(new byte[4096]);
            final JournalHandler counting = event -> events++;
            append(journal, records, OPERATIONS);
            poll(reader, counting, OPERATIONS);
            pollInVain(reader, counting);

            expectNone("append", OPERATIONS, () -> append(journal, records, OPERATIONS));
            expectNone("poll", OPERATIONS, () -> poll(reader, counting, 2L * OPERATIONS));
            expectNone("empty poll", OPERATIONS, () -> pollInVain(reader, counting));
            assertEquals(2L * OPERATIONS, events);

            force(journal);
            expectNone("force", FORCES, () -> force(journal));
        }
    }

    private static void append(final Journal journal, final UnsafeBuffer records, final int commits) {
        final CommandEncoder encoder = journal.commandEncoder();
        for (int i = 0; i < commits; i++) {
            encoder.begin(records, 0, records.capacity());
            final int offset = encoder.claimEvent(1, 1, i & 1023, 40);
            records.putLong(offset, i);
            final int length = encoder.end(1, i, true, 0, Durability.JOURNALED, 0);
            journal.append(records, 0, length, 1, 1, journal.nowNs());
        }
    }

    private static void poll(final JournalReader reader, final JournalHandler handler, final long upToSequence) {
        while (reader.nextSequence() <= upToSequence) {
            reader.poll(handler, 10);
        }
    }

    private static void pollInVain(final JournalReader reader, final JournalHandler handler) {
        for (int i = 0; i < OPERATIONS; i++) {
            reader.poll(handler, 10);
        }
    }

    private static void force(final Journal journal) {
        for (int i = 0; i < FORCES; i++) {
            journal.force();
        }
    }

    private void expectNone(final String what, final int operations, final Runnable work) {
        final long before = threads.getCurrentThreadAllocatedBytes();
        work.run();
        final double perOperation = (double) (threads.getCurrentThreadAllocatedBytes() - before) / operations;
        System.out.println(what + ": " + perOperation + " B per operation");
        assertTrue(perOperation < MAX_BYTES_PER_OPERATION, () -> what + ": " + perOperation + " B per operation");
    }
}
