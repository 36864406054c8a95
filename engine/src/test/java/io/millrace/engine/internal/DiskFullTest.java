package io.millrace.engine.internal;

import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.offerSynced;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.CommandClaim;
import io.millrace.engine.Commands;
import io.millrace.engine.CounterMachine;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.Eventually;
import io.millrace.engine.Health;
import io.millrace.engine.JournalContent;
import io.millrace.engine.Outcome;
import io.millrace.engine.OutcomeCodes;
import io.millrace.engine.OutcomeStatus;
import io.millrace.engine.Outcomes;
import io.millrace.engine.PublishException;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.RingFeed;
import io.millrace.engine.ShapeMachine;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import io.millrace.journal.JournalFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Questions to the state run between two commands, so they hold the writer, and fill and free the disk, in ring order. */
class DiskFullTest {
    private static final int SMALL_COMMIT_BYTES = 4096;
    private static final int SMALL_RECORDS_BYTES = SMALL_COMMIT_BYTES - JournalFormat.COMMIT_HEADER_LENGTH;
    private static final int LONG_EVENT_BYTES = 3000;
    private static final int RANDOM_COMMANDS = 20_000;

    @TempDir
    Path directory;

    private final FaultyJournal journal = new FaultyJournal();
    private final Outcomes outcomes = new Outcomes();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout).forceIntervalNs(TimeUnit.HOURS.toNanos(1));
    }

    private EngineConfig smallRecords(final StageLayout layout) {
        final EngineConfig config = config(layout).ringSize(64);
        config.journal().maxCommitBytes(SMALL_COMMIT_BYTES);
        return config;
    }

    private void hold(final Engine engine) {
        engine.inspect(machine -> {
            held.countDown();
            FaultyJournal.await(released);
            return null;
        });
        FaultyJournal.await(held);
    }

    private void fill(final Engine engine, final boolean full) {
        engine.inspect(machine -> journal.diskFull = full);
    }

    private static void assertRefused(final Outcome outcome, final Durability level) {
        final long request = outcome.requestId();
        assertEquals(
                new Outcome(1, request, OutcomeStatus.REJECTED, OutcomeCodes.DISK_FULL, 0, 0, level, new byte[0]),
                outcome);
    }

    private static List<Long> requests(final List<JournalContent.Entry> entries) {
        return entries.stream().map(JournalContent.Entry::requestId).toList();
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefusePublishersUntilThereIsSpaceAgain(final StageLayout layout) throws Exception {
        try (Engine engine = journal.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcomes);
            final long hash = Commands.get(engine.stateHash());
            assertTrue(engine.health().healthy());
            journal.diskFull = true;

            assertEquals(PublishResult.DISK_FULL, offer(publisher, CounterMachine.ADD, 1));
            assertEquals(PublishResult.DISK_FULL, claim(publisher));
            final ExecutionException e = assertThrows(
                    ExecutionException.class, () -> Commands.get(submit(publisher, CounterMachine.ADD, 1)));
            assertEquals(
                    PublishResult.DISK_FULL,
                    assertInstanceOf(PublishException.class, e.getCause()).result());
            assertTrue(e.getMessage().contains("DISK_FULL"), e::getMessage);
            assertEquals(Health.State.RUNNING, engine.health().state());
            assertTrue(engine.health().diskFull());
            assertFalse(engine.health().healthy());
            assertEquals(hash, Commands.get(engine.stateHash()));

            journal.diskFull = false;
            assertTrue(engine.health().healthy());
            assertTrue(Commands.get(submit(publisher, CounterMachine.ADD, 1)).accepted());
            assertEquals(1, engine.health().journaledSequence());
            assertEquals(List.of(), outcomes.all());
        }
    }

    private static long claim(final Publisher publisher) {
        return publisher.tryClaim(new CommandClaim(), CounterMachine.ADD, 1, Durability.JOURNALED, Commands.LENGTH);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldSayFirstThatTheEngineIsClosed(final StageLayout layout) {
        final Engine engine = journal.launch(config(layout), new CounterMachine());
        final Publisher publisher = engine.newPublisher();
        engine.close();
        journal.diskFull = true;

        assertEquals(PublishResult.CLOSED, offer(publisher, CounterMachine.ADD, 1));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRejectInOrderWhatIsInTheRingWithoutATrace(final StageLayout layout) throws Exception {
        final EngineConfig config = config(layout);
        final JournalContent fed = new JournalContent();
        final long hash;
        try (Engine engine = journal.launch(config, new CounterMachine());
                RingFeed feed = engine.newRingFeed()) {
            final Publisher publisher = engine.newPublisher(1, outcomes);
            feed.join();
            hold(engine);
            offer(publisher, CounterMachine.ADD, 1);
            offer(publisher, CounterMachine.ADD, 2);
            fill(engine, true);
            offer(publisher, CounterMachine.ADD, 3);
            offer(publisher, CounterMachine.THROW, 4);
            fill(engine, false);
            offer(publisher, CounterMachine.ADD, 5);
            offer(publisher, CounterMachine.ADD, 3);
            released.countDown();
            outcomes.await(6);
            hash = Commands.get(engine.stateHash());
            Eventually.until(
                    "all delivered",
                    () -> feed.poll(fed, 100) == 0 && fed.entries().size() == 4);
        }
        assertEquals(List.of(1L, 2L, 3L, 4L, 5L, 3L), outcomes.requestIds());
        assertRefused(outcomes.all().get(2), Durability.JOURNALED);
        assertRefused(outcomes.all().get(3), Durability.JOURNALED);
        assertEquals(3, outcomes.of(5).firstSequence());
        final List<JournalContent.Entry> journaled = JournalContent.of(config.journal());
        assertEquals(List.of(1L, 2L, 5L, 3L), requests(journaled));
        assertEquals(journaled, fed.entries());
        try (Engine engine = Engine.launch(config, new CounterMachine())) {
            assertEquals(hash, Commands.get(engine.stateHash()));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldKeepTheOrderOfWhatWaitsForAForce(final StageLayout layout) throws Exception {
        try (Engine engine = journal.launch(config(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcomes);
            hold(engine);
            for (int request = 1; request <= 9; request++) {
                fill(engine, request % 3 == 0);
                offerSynced(publisher, CounterMachine.ADD, request);
            }
            released.countDown();
            outcomes.await(9);
            assertEquals(6, journal.forcedSequence.get());
        }
        assertEquals(LongStream.rangeClosed(1, 9).boxed().toList(), outcomes.requestIds());
        for (int request = 1; request <= 9; request++) {
            if (request % 3 == 0) {
                assertRefused(outcomes.of(request), Durability.SYNCED);
            } else {
                assertTrue(outcomes.of(request).accepted());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldJournalExactlyWhatItDidNotRefuseWhenTheDiskFillsAgainAndAgain(final StageLayout layout)
            throws Exception {
        final long seed = System.nanoTime();
        System.out.println("DiskFullTest seed=" + seed);
        final Random random = new Random(seed);
        final EngineConfig config = smallRecords(layout);
        final long hash;
        int published = 0;
        try (Engine engine = journal.launch(config, new ShapeMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcomes);
            for (int request = 0; request < RANDOM_COMMANDS; request++) {
                if (random.nextInt(20) == 0) {
                    fill(engine, random.nextInt(3) == 0);
                }
                published += offerShape(publisher, request, random) >= 0 ? 1 : 0;
            }
            Eventually.until("an empty ring", () -> engine.health().commandsInRing() == 0);
            hash = Commands.get(engine.stateHash());
        }
        assertEquals(published, outcomes.all().size());
        assertTrue(published < RANDOM_COMMANDS);
        assertTrue(outcomes.all().stream().anyMatch(outcome -> outcome.code() == OutcomeCodes.DISK_FULL));
        assertEquals(
                outcomes.all().stream()
                        .filter(outcome -> outcome.code() != OutcomeCodes.DISK_FULL)
                        .map(Outcome::requestId)
                        .toList(),
                requests(JournalContent.of(config.journal())));
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            assertEquals(hash, Commands.get(engine.stateHash()));
        }
    }

    /** Waits for room in the ring, not on the disk. */
    private static long offerShape(final Publisher publisher, final int request, final Random random) {
        final UnsafeBuffer command = ShapeMachine.command(
                random.nextInt(20), random.ints(random.nextInt(4), 1, 500).toArray());
        long result = PublishResult.BACK_PRESSURED;
        while (result == PublishResult.BACK_PRESSURED) {
            result = publisher.offer(ShapeMachine.EMIT, request, Durability.JOURNALED, command, 0, command.capacity());
            Thread.onSpinWait();
        }
        return result;
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldCloseWhileTheDiskIsFull(final StageLayout layout) throws Exception {
        final EngineConfig config = config(layout);
        final Engine engine = journal.launch(config, new CounterMachine());
        final Publisher publisher = engine.newPublisher(1, outcomes);
        hold(engine);
        offer(publisher, CounterMachine.ADD, 1);
        fill(engine, true);
        offer(publisher, CounterMachine.ADD, 2);
        offerSynced(publisher, CounterMachine.ADD, 3);
        released.countDown();

        engine.close();

        assertEquals(Health.State.CLOSED, engine.health().state());
        assertTrue(outcomes.of(1).accepted());
        assertRefused(outcomes.of(2), Durability.JOURNALED);
        assertRefused(outcomes.of(3), Durability.SYNCED);
        assertEquals(1, journal.forcedSequence.get());
        assertEquals(List.of(1L), requests(JournalContent.of(config.journal())));
    }

    /** The journal stage stands still and the deciding stage goes on until it has no room: then the disk becomes full. */
    @Test
    void shouldHaveNoMoreOnItsWayThanTheReserveMustHold() throws Exception {
        final CountDownLatch appending = new CountDownLatch(1);
        final CountDownLatch mayAppend = new CountDownLatch(1);
        journal.onAppend = number -> {
            appending.countDown();
            FaultyJournal.await(mayAppend);
        };
        final EngineConfig config = smallRecords(StageLayout.PIPELINED).maxBatchCommands(1);
        final long bound = RecordRing.maxUnjournaledBytes(SMALL_RECORDS_BYTES, config.ringSize());
        try (Engine engine = journal.launch(config, new ShapeMachine())) {
            final UnsafeBuffer command = ShapeMachine.command(0, LONG_EVENT_BYTES);
            final Publisher publisher = engine.newPublisher(1, outcomes);
            final int commands = 40;
            for (int request = 0; request < commands; request++) {
                publisher.offer(ShapeMachine.EMIT, request, Durability.JOURNALED, command, 0, command.capacity());
            }
            FaultyJournal.await(appending);
            Eventually.until(
                    "many decided", () -> engine.journal().commandEncoder().nextSequence() > 8);

            journal.diskFull = true;
            mayAppend.countDown();

            outcomes.await(commands);
            final long accepted =
                    outcomes.all().stream().filter(Outcome::accepted).count();
            assertTrue(accepted >= 8 && accepted < commands, () -> "accepted: " + accepted);
            final long overhead = JournalFormat.COMMIT_HEADER_LENGTH + Integer.BYTES;
            assertTrue(
                    journal.appendedBytes.get() + accepted * overhead <= bound,
                    () -> "appended: " + journal.appendedBytes);
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseAReserveThatIsTooSmall(final StageLayout layout) {
        final EngineConfig config = smallRecords(layout);
        final int maxRecordsBytes = 8 * SMALL_RECORDS_BYTES;
        final int needed = 2 * (int) RecordRing.maxUnjournaledBytes(maxRecordsBytes, config.ringSize());
        config.journal().maxCommitBytes(maxRecordsBytes + 64).reserveBytes(needed - 1);

        final IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Engine.launch(config, new CounterMachine()));

        assertTrue(e.getMessage().contains("reserveBytes=" + (needed - 1) + ", needed=" + needed), e::getMessage);
        assertFalse(Files.exists(directory.resolve("manifest")));
        config.journal().reserveBytes(needed);
        Engine.launch(config, new CounterMachine()).close();
    }

    @Test
    void shouldCountRecordsAndEnvelopesOfWhatIsOnItsWay() {
        assertEquals((32 << 10) + 64 * 72, RecordRing.maxUnjournaledBytes(SMALL_RECORDS_BYTES, 64));
        assertEquals((32 << 10) + 1024 * 72, RecordRing.maxUnjournaledBytes(SMALL_RECORDS_BYTES, 1 << 20));
    }
}
