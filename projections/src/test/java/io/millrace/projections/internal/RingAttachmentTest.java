package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.projections.ProjectionsConfig;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can happen on the way to the ring and back, with a ring that misbehaves on demand. */
class RingAttachmentTest {
    @TempDir
    Path directory;

    private FakeSource source;
    private Projections projections;

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

    private ProjectionHandle<Witness> start(final Witness witness) {
        return projections.start(witness, Attachment.RING);
    }

    private void append(final int commands) {
        for (int i = 1; i <= commands; i++) {
            source.append(i, -i);
        }
    }

    private void assertSawAll(final ProjectionHandle<Witness> handle) throws Exception {
        final Witness expected = Witness.of(source.journal);
        EngineFixture.await(handle, expected.lastSequence);
        assertEquals(expected.hash, handle.query(Witness::hash));
        assertNull(handle.failure());
    }

    private static void awaitAttachment(final ProjectionHandle<?> handle, final Attachment attachment) {
        Waiting.until("attachment " + attachment, () -> handle.attachment() == attachment);
    }

    @Test
    void shouldJoinWhenItHasCaughtUp() throws Exception {
        append(100);
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(3);
        assertSawAll(handle);
        assertEquals(1, source.feeds.get(0).joins);
    }

    /** As the engine's ring does, where commands that are not journaled yet lie before the place of the join. */
    @Test
    void shouldReadFromTheJournalWhatTheRingLeavesOutAtTheJoin() throws Exception {
        source.slotsLostAtJoin = 5;
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(4);
        assertSawAll(handle);
        append(2);
        assertSawAll(handle);
        append(1);
        assertSawAll(handle);
        assertEquals(1, source.feeds.get(0).joins);
    }

    @Test
    void shouldFillAGapWhenTheFirstCommandFromTheRingHasNoEvents() throws Exception {
        source.slotsLostAtJoin = 2;
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(2);
        source.append();
        assertSawAll(handle);
        append(1);
        assertSawAll(handle);
    }

    @Test
    void shouldSkipWhatItHasSeenWhenTheRingRepeatsIt() throws Exception {
        source.deliversTwice = true;
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(10);
        assertSawAll(handle);
    }

    @Test
    void shouldMoveToTailingAndBackWhenItIsTooSlow() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final ProjectionHandle<Witness> handle = start(new Witness("witness", sequence -> {
            if (sequence == 3) {
                reached.countDown();
                Waiting.on(released);
            }
        }));
        awaitAttachment(handle, Attachment.RING);
        append(2);
        Waiting.on(reached);
        append(FakeSource.RING_SIZE);
        released.countDown();
        assertSawAll(handle);
        Waiting.until("second join", () -> source.feeds.get(0).joins == 2);
        awaitAttachment(handle, Attachment.RING);
        append(5);
        assertSawAll(handle);
    }

    @Test
    void shouldLeaveTheRingWhenAQueryIsTooSlow() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(1);
        assertSawAll(handle);
        final Attachment meanwhile = handle.query(witness -> {
            append(FakeSource.RING_SIZE);
            awaitAttachment(handle, Attachment.TAILING);
            return handle.attachment();
        });
        assertEquals(Attachment.TAILING, meanwhile);
        assertSawAll(handle);
    }

    @Test
    void shouldTailOnWhenTheFeedThrows() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(1);
        assertSawAll(handle);
        source.pollFailure = new IllegalStateException("feed is broken");
        append(3);
        assertSawAll(handle);
        awaitAttachment(handle, Attachment.TAILING);
        source.pollFailure = null;
        append(3);
        assertSawAll(handle);
        assertTrue(source.feeds.get(0).closed);
        assertEquals(1, source.feeds.get(0).joins);
    }

    @Test
    void shouldTailWhenTheRingCannotBeJoined() throws Exception {
        source.joinFailure = new IllegalStateException("no place");
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        append(10);
        assertSawAll(handle);
        assertEquals(Attachment.TAILING, handle.attachment());
    }

    @Test
    void shouldReadTheJournalWhenTheRingKeepsSilent() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        append(1);
        assertSawAll(handle);
        source.silent = true;
        append(3);
        assertSawAll(handle);
        source.silent = false;
        append(3);
        assertSawAll(handle);
    }

    @Test
    void shouldCloseItsFeedWhenClosed() {
        final ProjectionHandle<Witness> handle = start(new Witness("witness"));
        awaitAttachment(handle, Attachment.RING);
        projections.close();
        assertTrue(source.feeds.get(0).closed);
        assertEquals(Attachment.TAILING, handle.attachment());
    }

    @Test
    void shouldLetTheRingGoWhenItFails() throws Exception {
        final ProjectionHandle<Witness> handle = start(new Witness("witness", sequence -> {
            throw new IllegalArgumentException("cannot take this");
        }));
        awaitAttachment(handle, Attachment.RING);
        append(1);
        Waiting.until("feed closed", () -> source.feeds.get(0).closed);
        assertEquals(1, handle.failure().sequence());
    }

    @Test
    void shouldBeRefusedWhenTheLagBudgetIsThatOfTheRing() {
        final ProjectionsConfig config = new ProjectionsConfig().ringLagBudget(FakeSource.RING_SIZE);
        assertThrows(IllegalArgumentException.class, () -> new ProjectionsRuntime(source, config));
    }
}
