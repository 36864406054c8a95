package io.millrace.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Closing a journal that is being read. What fails here ends the JVM. */
class ReadWhileClosingTest {
    private static final long LIMIT_SECONDS = 60;

    @TempDir
    Path directory;

    @Test
    void shouldThrowWhenReadBehindTheClosing() {
        final JournalFixture fixture = JournalFixture.open(directory);
        fixture.commitEvent(1, "one");
        final JournalReader reader = fixture.journal.newReader(1);
        final StreamReader streams = fixture.journal.newStreamReader();
        fixture.close();
        assertThrows(JournalFailedException.class, () -> reader.poll(event -> {}, 1));
        assertThrows(JournalFailedException.class, () -> streams.readForward(1, event -> {}));
        reader.close();
        streams.close();
    }

    @Test
    void shouldKeepWhatIsMappedWhenAReaderStaysInItsHandler() throws Exception {
        final JournalFixture fixture = JournalFixture.open(directory);
        fixture.commitEvent(1, "one");
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch closed = new CountDownLatch(1);
        final CompletableFuture<String> payload = CompletableFuture.supplyAsync(
                () -> {
                    final String[] read = new String[1];
                    fixture.journal
                            .newReader(1)
                            .poll(
                                    event -> {
                                        reached.countDown();
                                        await(closed);
                                        read[0] = event.buffer()
                                                .getStringWithoutLengthUtf8(event.offset(), event.length());
                                    },
                                    1);
                    return read[0];
                },
                this::startThread);
        await(reached);
        fixture.close();
        assertThrows(JournalLockedException.class, () -> JournalFixture.open(directory));
        closed.countDown();
        assertEquals("one", payload.get(LIMIT_SECONDS, TimeUnit.SECONDS));
        JournalFixture.open(directory).close();
    }

    @Test
    void shouldEndReadersCleanlyWhenClosedUnderLoad() throws Exception {
        final JournalFixture fixture = JournalFixture.open(directory);
        for (int i = 0; i < 5_000; i++) {
            fixture.commitEvent(i, "payload of some length " + i);
        }
        final CountDownLatch reading = new CountDownLatch(2);
        final CompletableFuture<?> first =
                CompletableFuture.runAsync(() -> readOn(fixture.journal, reading), this::startThread);
        final CompletableFuture<?> second =
                CompletableFuture.runAsync(() -> readOn(fixture.journal, reading), this::startThread);
        await(reading);
        fixture.close();
        first.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        second.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    /** Not the common pool: on two cores it has a single thread from Java 25 on. */
    private void startThread(final Runnable task) {
        final Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private static void readOn(final Journal journal, final CountDownLatch reading) {
        final JournalReader reader = journal.newReader(1);
        reader.poll(event -> {}, 1);
        reading.countDown();
        assertThrows(JournalFailedException.class, () -> {
            while (true) {
                reader.poll(event -> {}, 1);
                if (reader.nextSequence() > journal.journaledSequence()) {
                    reader.seek(1);
                }
            }
        });
        reader.close();
    }

    private static void await(final CountDownLatch latch) {
        try {
            if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("must have been released");
            }
        } catch (final InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
