package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalCorruptException;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.ProjectionsClosedException;
import io.millrace.projections.ProjectionsConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectionGroupTest {
    private static final long MARK = 0x5EED_1234_ABCD_9876L;

    @TempDir
    Path directory;

    private FakeSource source;
    private ProjectionsRuntime projections;

    @BeforeEach
    void open() {
        source = new FakeSource(directory);
        projections = new ProjectionsRuntime(source, new ProjectionsConfig());
    }

    @AfterEach
    void close() {
        projections.close();
        source.close();
    }

    @Test
    void shouldRefuseWhatWouldNotBeUniqueWhenAdded() {
        final ProjectionGroup group = projections.group("group", Attachment.TAILING);
        group.add(new Witness("witness"));
        assertThrows(IllegalArgumentException.class, () -> group.add(new Witness("witness")));
        assertThrows(IllegalArgumentException.class, () -> projections.start(new Witness("witness")));
        assertThrows(IllegalArgumentException.class, () -> projections.start(new Witness("group")));
        assertThrows(IllegalArgumentException.class, () -> projections.group("group", Attachment.RING));
        assertThrows(IllegalArgumentException.class, () -> projections.start(new Witness(" ")));
        assertThrows(NullPointerException.class, () -> projections.start(new Witness(null)));
        assertEquals(1, projections.status().size());
    }

    @Test
    void shouldRefuseToStartWhenEmptyOrStarted() {
        final ProjectionGroup group = projections.group("group", Attachment.TAILING);
        assertThrows(IllegalStateException.class, group::start);
        group.add(new Witness("witness"));
        group.start();
        assertThrows(IllegalStateException.class, group::start);
        assertThrows(IllegalStateException.class, () -> group.add(new Witness("late")));
    }

    @Test
    void shouldBeClosedWhenItWasNeverStarted() throws Exception {
        final ProjectionGroup group = projections.group("group", Attachment.RING);
        final ProjectionHandle<Witness> handle = group.add(new Witness("witness"));
        assertEquals(Attachment.TAILING, handle.attachment());
        projections.close();
        assertThrows(ProjectionsClosedException.class, () -> handle.awaitSequence(1, Waiting.LIMIT_NS));
        assertThrows(IllegalStateException.class, group::start);
    }

    @Test
    void shouldNameItsThreadAfterTheGroup() throws Exception {
        final String[] thread = new String[1];
        final ProjectionGroup group = projections.group("reports", Attachment.TAILING);
        final ProjectionHandle<Witness> handle = group.add(new Witness(
                "witness", sequence -> thread[0] = Thread.currentThread().getName()));
        group.start();
        source.append(1);
        EngineFixture.await(handle, 1);
        assertEquals("millrace-projection-reports", handle.query(witness -> thread[0]));
    }

    @Test
    void shouldFeedTheOthersOnWhenOneThrows() throws Exception {
        final ProjectionGroup group = projections.group("group", Attachment.TAILING);
        final ProjectionHandle<Witness> first = group.add(failingAt("first", 2));
        final ProjectionHandle<Witness> second = group.add(new Witness("second"));
        final ProjectionHandle<Witness> third = group.add(failingAt("third", 3));
        source.append(1, 2, 3, 4);
        source.append(5);
        group.start();
        EngineFixture.await(second, 5);
        assertEquals(2, first.failure().sequence());
        assertEquals(3, third.failure().sequence());
        assertNull(second.failure());
        assertEquals(
                List.of(1L, 5L, 2L),
                Stream.of(first, second, third)
                        .map(handle -> handle.query(Witness::count))
                        .toList());
    }

    private static Witness failingAt(final String name, final long failing) {
        return new Witness(name, sequence -> {
            if (sequence == failing) {
                throw new IllegalArgumentException("cannot take " + sequence);
            }
        });
    }

    @Test
    void shouldStopAllOfItWhenTheJournalIsDamaged() throws Exception {
        source.append(1);
        source.append(2);
        source.append(MARK);
        damage();
        final ProjectionGroup group = projections.group("group", Attachment.RING);
        final ProjectionHandle<Witness> first = group.add(new Witness("first"));
        final ProjectionHandle<Witness> second = group.add(new Witness("second"));
        group.start();
        for (final ProjectionHandle<Witness> handle : List.of(first, second)) {
            final ProjectionFailedException failure =
                    assertThrows(ProjectionFailedException.class, () -> handle.awaitSequence(3, Waiting.LIMIT_NS));
            assertEquals(JournalCorruptException.class, failure.getCause().getClass());
            assertEquals(3, failure.sequence());
            assertEquals(2, handle.appliedSequence());
        }
    }

    /** Flips a bit of the event that carries the mark, in the file. */
    private void damage() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (final Path file :
                    files.filter(path -> path.toString().endsWith(".cq4")).toList()) {
                final ByteBuffer bytes =
                        ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < bytes.limit() - Long.BYTES; i++) {
                    if (bytes.getLong(i) == MARK) {
                        flip(file, i, bytes.get(i));
                    }
                }
            }
        }
    }

    private static void flip(final Path file, final int offset, final byte value) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) (value ^ 1)}), offset);
        }
    }

    @Test
    void shouldSayWhoHoldsItUpWhenAProjectionDoesNotEnd() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final ProjectionsConfig config = new ProjectionsConfig().closeTimeoutNs(TimeUnit.MILLISECONDS.toNanos(1));
        final ProjectionsRuntime impatient = new ProjectionsRuntime(source, config);
        final ProjectionHandle<Witness> handle = impatient.start(new Witness("stuck", sequence -> {
            reached.countDown();
            Waiting.on(released);
        }));
        source.append(1);
        Waiting.on(reached);
        final IllegalStateException thrown = assertThrows(IllegalStateException.class, impatient::close);
        assertTrue(thrown.getMessage().contains("stuck"), thrown.getMessage());
        assertThrows(ProjectionsClosedException.class, () -> handle.awaitSequence(1, Waiting.LIMIT_NS));
        released.countDown();
        impatient.close();
        Waiting.until("end", () -> handle.appliedSequence() == 1);
    }

    @Test
    void shouldCloseAllTheSameWhenTheCallerIsInterrupted() {
        final ProjectionHandle<Witness> handle = projections.start(new Witness("witness"));
        Thread.currentThread().interrupt();
        projections.close();
        assertTrue(Thread.interrupted());
        assertThrows(ProjectionsClosedException.class, () -> handle.awaitSequence(1, Waiting.LIMIT_NS));
    }
}
