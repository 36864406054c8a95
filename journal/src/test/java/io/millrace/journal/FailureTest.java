package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first failure is the last: nothing is appended or forced behind it. */
class FailureTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @TempDir
    Path directory;

    /** Fails while its bytes are being copied into the mapped file. */
    private static final class FailingBuffer extends UnsafeBuffer {
        private final Throwable failure;

        private FailingBuffer(final byte[] bytes, final Throwable failure) {
            super(bytes);
            this.failure = failure;
        }

        @Override
        public byte[] byteArray() {
            if (failure instanceof Error) {
                throw (Error) failure;
            }
            throw (RuntimeException) failure;
        }
    }

    @Test
    void shouldBePoisonedWhenAnAppendFails() {
        for (final Throwable cause :
                List.of(new IllegalStateException("on purpose"), new InternalError("on purpose"))) {
            final List<String> before;
            try (JournalFixture fixture = JournalFixture.open(directory)) {
                fixture.commitEvent(1, "a");
                before = fixture.read(1);
                final Journal journal = fixture.journal;
                final JournalFailedException failed =
                        assertThrows(JournalFailedException.class, () -> appendFrom(journal, cause));
                assertSame(cause, failed.getCause());
                assertSame(failed, journal.failure());
                assertThrows(JournalFailedException.class, () -> fixture.commitEvent(1, "b"));
                assertThrows(JournalFailedException.class, journal::force);
                assertSame(failed, journal.failure());
                assertEquals(before, fixture.read(1));
            }
            try (JournalFixture fixture = JournalFixture.open(directory)) {
                assertEquals(before, fixture.replayed.lines);
            }
        }
    }

    private static void appendFrom(final Journal journal, final Throwable failure) {
        final byte[] bytes = new byte[256];
        final CommandEncoder encoder = journal.commandEncoder();
        encoder.begin(new UnsafeBuffer(bytes), 0, bytes.length);
        encoder.claimEvent(1, 1, 1, 1);
        final int length = encoder.end(1, 1, true, 0, Durability.JOURNALED, 0);
        journal.append(new FailingBuffer(bytes, failure), 0, length, 1, 1, journal.nowNs());
    }

    @Test
    void shouldRefuseWhenItWasClosed() {
        final JournalFixture fixture = JournalFixture.open(directory);
        fixture.commitEvent(1, "a").close();
        fixture.close();
        assertThrows(JournalFailedException.class, () -> fixture.commitEvent(1, "b"));
        assertThrows(JournalFailedException.class, fixture.journal::force);
        assertThrows(JournalFailedException.class, () -> fixture.journal.newReader(1));
        assertThrows(JournalFailedException.class, fixture.journal::newStreamReader);
        assertNull(fixture.journal.failure());
        assertEquals(1, fixture.journal.journaledSequence());
    }

    @Test
    void shouldForceWhenAnotherThreadAppends() throws InterruptedException {
        final AtomicLong nowNs = new AtomicLong(DAY_NS);
        final AtomicBoolean done = new AtomicBoolean();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(directory, nowNs::get))) {
            final Journal journal = fixture.journal;
            final Thread forcing = new Thread(() -> {
                try {
                    while (!done.get()) {
                        final long before = journal.journaledSequence();
                        final long forced = journal.force();
                        assertTrue(forced >= before, () -> forced + " after " + before);
                        assertTrue(journal.syncedSequence() >= forced);
                    }
                } catch (final Throwable e) {
                    failure.set(e);
                }
            });
            forcing.start();
            for (int i = 1; i <= 2000; i++) {
                nowNs.addAndGet(i % 400 == 0 ? DAY_NS : 1);
                fixture.commitEvent(i % 3, "x".repeat(1000));
            }
            done.set(true);
            forcing.join();
            assertNull(failure.get());
            assertEquals(2000, journal.force());
            assertEquals(2000, journal.syncedSequence());
        }
    }

    /** Interrupts close ordinary file channels; neither ours nor Chronicle's may be lost to one. */
    @Test
    void shouldGoOnWhenItsThreadIsInterrupted() {
        final AtomicLong nowNs = new AtomicLong(DAY_NS);
        try (JournalFixture fixture = new JournalFixture(JournalFixture.config(directory, nowNs::get))) {
            for (int i = 1; i <= 40; i++) {
                Thread.currentThread().interrupt();
                nowNs.addAndGet(i % 10 == 0 ? DAY_NS : 1);
                fixture.commitEvent(1, "x".repeat(200_000));
                assertEquals(i, fixture.journal.force());
                assertEquals(3, fixture.read(i).size());
                assertTrue(Thread.interrupted());
            }
        }
        try (JournalFixture fixture = JournalFixture.open(directory)) {
            assertEquals(40, fixture.journal.journaledSequence());
        }
    }
}
