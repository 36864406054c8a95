package io.millrace.journal.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.core.time.SetTimeProvider;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A cycle file has no header from when its space is put there until the first commit in it is written, for good if that
 * fails. Chronicle waits ten seconds for one, here a day; so it must not be asked for such a file.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlankCycleTest {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int RESERVE_BYTES = 512 << 10;
    private static final int TOUCH_BYTES = 256 << 10;
    private static final int MAX_COMMIT_BYTES = 16 << 10;

    @TempDir
    Path directory;

    private final SetTimeProvider time = new SetTimeProvider(0);
    private SingleChronicleQueue queue;

    @BeforeEach
    void open() {
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(CycleRoll.NUMBERED)
                .blockSize(BLOCK_BYTES)
                .timeProvider(time)
                .timeoutMS(TimeUnit.DAYS.toMillis(1))
                .build();
    }

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void shouldNotBeTouchedWhenSpaceIsPutThere() throws IOException {
        Files.createFile(directory.resolve(DirectoryLock.FILE_NAME));
        final Path reserve = directory.resolve(DirectoryContents.RESERVE_FILE);
        final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        final CycleSpace space = new CycleSpace(
                new CycleSpace.Limits(directory, RESERVE_BYTES, 0, TOUCH_BYTES, MAX_COMMIT_BYTES),
                queue,
                new CycleSpace.DirectoryWatch(directory),
                failures::add);
        space.start(-1, null, 0);
        time.currentTimeMillis(CycleRoll.toMillis(CycleRoll.FIRST));
        space.prepareRoll(CycleRoll.FIRST, MAX_COMMIT_BYTES);
        // In the same turn the thread touches what there is to touch; closing waits for it.
        while (!Files.exists(reserve)) {
            Thread.onSpinWait();
        }
        space.close();
        assertTrue(Files.exists(directory.resolve(CycleRoll.fileName(CycleRoll.FIRST))));
        assertEquals(List.of(), List.copyOf(failures));
    }

    @Test
    void shouldNotBeReadWhenItIsTheFirst() throws IOException {
        try (ForwardReader reader = newReader()) {
            putBlankCycle();
            assertEquals(0, reader.poll(event -> {}, 1));
        }
    }

    @Test
    void shouldNotBeWaitedForByReaderThatIsMadeWhenItIsThere() throws IOException {
        putBlankCycle();
        try (ForwardReader reader = newReader()) {
            assertEquals(0, reader.poll(event -> {}, 1));
        }
    }

    private ForwardReader newReader() {
        return new ForwardReader(
                new CommitCursor(() -> Queues.newTailer(queue), directory, 1),
                new CommitIndex(),
                new ReaderGate(() -> {}),
                new Retention(Manifest.create(BLOCK_BYTES)),
                1);
    }

    private void putBlankCycle() throws IOException {
        Files.write(directory.resolve(CycleRoll.fileName(CycleRoll.FIRST)), new byte[RESERVE_BYTES]);
        time.currentTimeMillis(CycleRoll.toMillis(CycleRoll.FIRST));
    }
}
