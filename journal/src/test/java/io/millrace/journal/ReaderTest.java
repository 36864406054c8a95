package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A forward reader starts anywhere, stops anywhere, and never skips or repeats. */
class ReaderTest {
    private static final long DAY_NS = 86_400_000_000_000L;

    @TempDir
    Path directory;

    private final AtomicLong nowNs = new AtomicLong(1_000_000_000_000L);

    @Test
    void shouldDeliverFromThereWhenSoughtToAnySequence() {
        try (JournalFixture fixture = randomJournal(400);
                JournalReader reader = fixture.journal.newReader(1)) {
            final List<String> all = fixture.read(1);
            for (long from = 1; from <= fixture.journal.journaledSequence() + 2; from++) {
                final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
                reader.seek(from);
                assertEquals(from, reader.nextSequence());
                drain(reader, recorder);
                assertEquals(tail(all, from), recorder.lines, "from " + from);
            }
        }
    }

    /** The model: events from there on, commands that stand before one of them, ends of commits that had any of both. */
    private static List<String> tail(final List<String> lines, final long from) {
        final List<String> tail = new ArrayList<>();
        boolean any = false;
        for (final String line : lines) {
            final boolean end = line.startsWith("end ");
            if (end ? any : sequenceOf(line) >= from) {
                tail.add(line);
                any = true;
            }
            any &= !end;
        }
        return tail;
    }

    private static long sequenceOf(final String line) {
        final int start = line.startsWith("event ") ? "event ".length() : line.indexOf("first=") + "first=".length();
        return Long.parseLong(line.substring(start, line.indexOf(' ', start)));
    }

    @Test
    void shouldResumeExactlyThereWhenTheHandlerThrewAnywhere() {
        try (JournalFixture fixture = randomJournal(12)) {
            final List<String> all = fixture.read(1);
            for (int failing = 0; failing < all.size(); failing++) {
                final FailingOnce handler = new FailingOnce(failing);
                try (JournalReader reader = fixture.journal.newReader(1)) {
                    final IllegalStateException thrown =
                            assertThrows(IllegalStateException.class, () -> drain(reader, handler));
                    assertEquals("once", thrown.getMessage());
                    assertEquals(0, thrown.getSuppressed().length);
                    drain(reader, handler);
                }
                assertEquals(all, handler.recorder.lines, "thrown at " + failing);
            }
        }
    }

    private static final class FailingOnce implements JournalHandler {
        private final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
        private int callsBefore;

        private FailingOnce(final int callsBefore) {
            this.callsBefore = callsBefore;
        }

        private void call() {
            if (callsBefore-- == 0) {
                throw new IllegalStateException("once");
            }
        }

        @Override
        public void onCommand(final CommandView command) {
            call();
            recorder.onCommand(command);
        }

        @Override
        public void onEvent(final EventView event) {
            call();
            recorder.onEvent(event);
        }

        @Override
        public void onCommitEnd(final long lastSequence) {
            call();
            recorder.onCommitEnd(lastSequence);
        }
    }

    @Test
    void shouldWaitForItsSequenceWhenOpenedAheadOfTheJournal() {
        try (JournalFixture fixture = open();
                JournalReader fromEmpty = fixture.journal.newReader(1);
                JournalReader ahead = fixture.journal.newReader(3)) {
            final JournalFixture.Recorder first = new JournalFixture.Recorder();
            final JournalFixture.Recorder third = new JournalFixture.Recorder();
            assertEquals(0, fromEmpty.poll(first, 1));
            assertEquals(0, ahead.poll(third, 1));
            fixture.commitEvent(1, "a").commitEvent(1, "b");
            drain(ahead, third);
            assertEquals(List.of(), third.lines);
            fixture.commitEvent(1, "c");
            drain(ahead, third);
            drain(fromEmpty, first);
            assertEquals(fixture.read(3), third.lines);
            assertEquals(fixture.read(1), first.lines);
            assertEquals(4, ahead.nextSequence());
        }
    }

    @Test
    void shouldReadNoMoreCommitsThanAskedFor() {
        try (JournalFixture fixture = open();
                JournalReader reader = fixture.journal.newReader(1)) {
            fixture.commitEvent(1, "a").commitEvent(1, "b").commitEvent(1, "c");
            final JournalFixture.Recorder recorder = new JournalFixture.Recorder();
            assertEquals(2, reader.poll(recorder, 2));
            assertEquals(2, recorder.lastSequence);
            assertEquals(1, reader.poll(recorder, 2));
            assertEquals(0, reader.poll(recorder, 2));
            assertThrows(IllegalArgumentException.class, () -> reader.poll(recorder, 0));
            assertThrows(IllegalArgumentException.class, () -> reader.seek(0));
        }
    }

    @Test
    void shouldFailByTypeWhenTheJournalWasClosed() {
        final JournalFixture fixture = open();
        fixture.commitEvent(1, "a");
        final JournalReader reader = fixture.journal.newReader(1);
        fixture.close();
        assertThrows(JournalFailedException.class, () -> reader.poll(event -> {}, 1));
        assertThrows(JournalFailedException.class, () -> fixture.journal.newReader(1));
        reader.close();
        reader.close();
    }

    @Test
    void shouldSeeEverythingInOrderWhenAnotherThreadAppends() throws InterruptedException {
        final int commits = 3000;
        try (JournalFixture fixture = open();
                JournalReader reader = fixture.journal.newReader(1)) {
            final JournalFixture.Recorder tailing = new JournalFixture.Recorder();
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final CountDownLatch started = new CountDownLatch(1);
            final Thread tailer = new Thread(() -> {
                try {
                    started.countDown();
                    while (tailing.lastSequence < commits) {
                        reader.poll(tailing, 7);
                    }
                } catch (final Throwable e) {
                    failure.set(e);
                }
            });
            tailer.start();
            started.await();
            for (int i = 1; i <= commits; i++) {
                nowNs.addAndGet(i % 500 == 0 ? DAY_NS : 1000);
                fixture.commitEvent(i % 5, "x".repeat(1 + i % 2000));
            }
            tailer.join();
            assertEquals(null, failure.get());
            assertEquals(fixture.read(1), tailing.lines);
        }
    }

    private JournalFixture open() {
        return new JournalFixture(JournalFixture.config(directory, nowNs::get));
    }

    /** Commits of one to three commands of zero to three events. */
    private JournalFixture randomJournal(final int commits) {
        final Random random = Seed.random(getClass());
        final JournalFixture fixture = open();
        int request = 0;
        for (int i = 0; i < commits; i++) {
            for (int command = random.nextInt(3); command >= 0; command--) {
                for (int event = random.nextInt(4); event > 0; event--) {
                    fixture.event(random.nextInt(9), "e" + random.nextInt(1000));
                }
                fixture.accept(1, ++request);
            }
            fixture.commit();
        }
        return fixture;
    }

    private static void drain(final JournalReader reader, final JournalHandler handler) {
        while (reader.poll(handler, 5) > 0) {
            continue;
        }
    }
}
