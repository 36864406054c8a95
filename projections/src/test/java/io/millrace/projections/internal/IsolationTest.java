package io.millrace.projections.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a projection cannot do to the writer and to the others. */
class IsolationTest {
    /** Accepted commands that are more than half of the ring and fit into it. */
    private static final int LAG_COMMANDS = EngineFixture.RING_SIZE * 5 / 8;

    @TempDir
    Path directory;

    private EngineFixture fixture;

    @BeforeEach
    void launch() {
        fixture = new EngineFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertSawAll(final ProjectionHandle<Witness> handle) throws Exception {
        final Witness expected = Witness.of(fixture.engine.journal());
        EngineFixture.await(handle, expected.lastSequence);
        assertEquals(expected.hash, handle.query(Witness::hash));
        assertNull(handle.failure());
    }

    @Test
    void shouldSeeTheSameEitherWayWhenTwoThreadsPublish() throws Exception {
        final ProjectionHandle<Witness> tailing = fixture.projections.start(new Witness("tailing"));
        final ProjectionHandle<Witness> ring = fixture.projections.start(new Witness("ring"), Attachment.RING);
        final ProjectionGroup group = fixture.projections.group("group", Attachment.RING);
        final ProjectionHandle<Witness> shared = group.add(new Witness("shared"));
        group.start();
        final Thread beside = fixture.publishBeside(30_000);
        fixture.publish(30_000);
        beside.join();
        fixture.submit(1);
        assertSawAll(tailing);
        assertSawAll(ring);
        assertSawAll(shared);
    }

    @Test
    void shouldNotStopTheWriterWhenATailingProjectionBlocks() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final ProjectionHandle<Witness> other = fixture.projections.start(new Witness("other"));
        final ProjectionHandle<Witness> blocked = fixture.projections.start(new Witness("blocked", sequence -> {
            if (sequence == 2) {
                reached.countDown();
                Waiting.on(released);
            }
        }));
        fixture.publish(1);
        Waiting.on(reached);
        fixture.publish(EngineFixture.RING_SIZE * 10);
        fixture.submit(1);
        assertSawAll(other);
        assertTrue(blocked.appliedSequence() < 2);
        released.countDown();
        assertSawAll(blocked);
    }

    @Test
    void shouldMoveToTailingAndBackWhenARingProjectionIsSlow() throws Exception {
        final CountDownLatch reached = new CountDownLatch(1);
        final CountDownLatch released = new CountDownLatch(1);
        final ProjectionGroup group = fixture.projections.group("group", Attachment.RING);
        final AtomicBoolean tailed = new AtomicBoolean();
        final AtomicReference<ProjectionHandle<Witness>> handle = new AtomicReference<>();
        handle.set(group.add(new Witness("slow", sequence -> {
            if (sequence == 4) {
                reached.countDown();
                Waiting.on(released);
            } else if (sequence > 4 && handle.get().attachment() == Attachment.TAILING) {
                tailed.set(true);
            }
        })));
        group.start();
        final ProjectionHandle<Witness> slow = handle.get();
        Waiting.until("joined", () -> slow.attachment() == Attachment.RING);
        fixture.publish(2);
        Waiting.on(reached);
        // Most of what the ring has room for; the writer is not held up yet.
        fixture.publish(EngineFixture.RING_SIZE - 10);
        final Thread beside = fixture.publishBeside(5_000);
        Waiting.until("lag", () -> fixture.engine.journal().journaledSequence() > 2 * LAG_COMMANDS);
        released.countDown();
        beside.join();
        fixture.submit(1);
        assertSawAll(slow);
        assertTrue(tailed.get());
        Waiting.until("joined again", () -> slow.attachment() == Attachment.RING);
        fixture.publish(100);
        fixture.submit(1);
        assertSawAll(slow);
    }

    @Test
    void shouldNotStopTheWriterWhenAQueryOfARingProjectionBlocks() throws Exception {
        final ProjectionHandle<Witness> handle = fixture.projections.start(new Witness("witness"), Attachment.RING);
        Waiting.until("joined", () -> handle.attachment() == Attachment.RING);
        handle.query(witness -> {
            fixture.publish(EngineFixture.RING_SIZE * 10);
            return null;
        });
        fixture.submit(1);
        assertSawAll(handle);
    }
}
