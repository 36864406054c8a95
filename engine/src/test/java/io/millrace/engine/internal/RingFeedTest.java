package io.millrace.engine.internal;

import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.Commands;
import io.millrace.engine.CounterMachine;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.EngineFailedException;
import io.millrace.engine.Eventually;
import io.millrace.engine.JournalContent;
import io.millrace.engine.Outcomes;
import io.millrace.engine.PublishResult;
import io.millrace.engine.Publisher;
import io.millrace.engine.RingFeed;
import io.millrace.engine.ShapeMachine;
import io.millrace.engine.StageLayout;
import io.millrace.journal.Durability;
import io.millrace.journal.EventView;
import io.millrace.journal.JournalHandler;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RingFeedTest {
    private static final int RING_SIZE = 8;
    private static final int COMMANDS = 20_000;

    @TempDir
    Path directory;

    private EngineConfig config(final StageLayout layout) {
        return Commands.config(directory, layout).ringSize(RING_SIZE);
    }

    /** Records of up to a quarter of the smallest record ring. */
    private EngineConfig smallRecords(final StageLayout layout) {
        final EngineConfig config = config(layout).ringSize(64);
        config.journal().maxCommitBytes(4096);
        return config;
    }

    private static void publishShapes(final Publisher publisher, final int commands, final Random random)
            throws Exception {
        for (int i = 0; i < commands; i++) {
            final long request = i;
            final int type = 1 + random.nextInt(3);
            final UnsafeBuffer command = ShapeMachine.command(
                    random.nextInt(20), random.ints(random.nextInt(4), 1, 500).toArray());
            Eventually.until(
                    "room",
                    () -> publisher.offer(type, request, Durability.JOURNALED, command, 0, command.capacity()) >= 0);
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldDeliverToEveryFeedWhatTheJournalHolds(final StageLayout layout) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RingFeedTest seed=" + seed);
        final EngineConfig config = smallRecords(layout);
        final List<JournalContent.Entry> first;
        final List<JournalContent.Entry> second;
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            final AtomicBoolean done = new AtomicBoolean();
            final FutureTask<List<JournalContent.Entry>> one = follow(engine, 1, done);
            final FutureTask<List<JournalContent.Entry>> two = follow(engine, 64, done);

            publishShapes(engine.newPublisher(3, outcome -> {}), COMMANDS, new Random(seed));
            Eventually.until("an empty ring", () -> engine.health().commandsInRing() == 0);
            done.set(true);
            first = one.get();
            second = two.get();
        }
        final List<JournalContent.Entry> journaled = JournalContent.of(config.journal());
        assertEquals(COMMANDS, journaled.size());
        assertEquals(journaled, first);
        assertEquals(journaled, second);
    }

    /** Joins before it returns, then polls on a thread of its own until all is done and nothing is left. */
    private static FutureTask<List<JournalContent.Entry>> follow(
            final Engine engine, final int maxCommands, final AtomicBoolean done) {
        final CountDownLatch joined = new CountDownLatch(1);
        final FutureTask<List<JournalContent.Entry>> task = new FutureTask<>(() -> {
            final JournalContent content = new JournalContent();
            try (RingFeed feed = engine.newRingFeed()) {
                feed.join();
                joined.countDown();
                boolean last = false;
                while (!last) {
                    last = done.get();
                    while (feed.poll(content, maxCommands) > 0) {
                        last = false;
                    }
                    Thread.yield();
                }
            }
            return content.entries();
        });
        new Thread(task, "feed").start();
        FaultyJournal.await(joined);
        return task;
    }

    /** The end of what a feed delivers is the end of the journal, wherever it joined. */
    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldDeliverAllThatIsPublishedAfterItJoinedMidStream(final StageLayout layout) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RingFeedTest seed=" + seed);
        final EngineConfig config = smallRecords(layout);
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            final Publisher publisher = engine.newPublisher(3, outcome -> {});
            final FutureTask<Void> publishing = new FutureTask<>(() -> {
                publishShapes(publisher, COMMANDS, new Random(seed));
                return null;
            });
            new Thread(publishing, "publisher").start();
            while (!publishing.isDone()) {
                joinReadAndLeave(engine);
            }
            publishing.get();
        }
    }

    private static void joinReadAndLeave(final Engine engine) throws Exception {
        final JournalContent content = new JournalContent();
        try (RingFeed feed = engine.newRingFeed()) {
            feed.join();
            for (int polls = 0; polls < 50; polls++) {
                feed.poll(content, 10);
                Thread.yield();
            }
        }
        if (!content.entries().isEmpty()) {
            final JournalContent.Entry start = content.entries().get(0);
            final List<JournalContent.Entry> journaled = JournalContent.of(engine.journal());
            final int from = journaled.indexOf(start);
            assertTrue(from >= 0, () -> "not in the journal: " + start);
            assertEquals(journaled.subList(from, from + content.entries().size()), content.entries());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldHoldTheRingUntilItPollsOrLeaves(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(1, outcomes);
            final RingFeed feed = engine.newRingFeed();
            final JournalContent content = new JournalContent();
            feed.join();
            assertEquals(0, feed.poll(content, 1));
            for (int request = 1; request <= RING_SIZE; request++) {
                assertTrue(offer(publisher, CounterMachine.ADD, request) >= 0);
            }
            outcomes.await(RING_SIZE);
            Eventually.until("the feed to be behind", () -> feed.lag() == RING_SIZE);

            assertEquals(PublishResult.BACK_PRESSURED, offer(publisher, CounterMachine.ADD, 99));
            assertEquals(1, feed.poll(content, 1));
            assertTrue(offer(publisher, CounterMachine.ADD, 9) >= 0);
            assertEquals(PublishResult.BACK_PRESSURED, offer(publisher, CounterMachine.ADD, 99));
            feed.leave();
            feed.leave();
            assertTrue(offer(publisher, CounterMachine.ADD, 10) >= 0);
            outcomes.await(10);

            assertEquals(0, feed.lag());
            assertEquals(1, content.entries().size());
            feed.join();
            offer(publisher, CounterMachine.ADD, 11);
            Eventually.until("delivery", () -> feed.poll(content, 10) > 0);
            assertEquals(11, content.entries().get(1).requestId());
            feed.close();
        }
    }

    /** The record ring starts over whenever everything was read; the room that it skips is nobody's lag. */
    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLagByWhatIsUnreadOnly(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine());
                RingFeed feed = engine.newRingFeed()) {
            final Publisher publisher = engine.newPublisher();
            final JournalContent content = new JournalContent();
            feed.join();
            for (int request = 1; request <= 3 * RING_SIZE; request++) {
                Commands.get(submit(publisher, CounterMachine.ADD, request));
                Eventually.until("the feed to be behind", () -> feed.lag() > 0);
                assertEquals(1, feed.lag());
                assertEquals(1, feed.poll(content, 1));
                assertEquals(0, feed.lag());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLeaveWhenItsHandlerThrows(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine())) {
            final Outcomes outcomes = new Outcomes();
            final Publisher publisher = engine.newPublisher(1, outcomes);
            final RingFeed feed = engine.newRingFeed();
            feed.join();
            offer(publisher, CounterMachine.ADD, 1);
            Eventually.until("the feed to be behind", () -> feed.lag() == 1);
            final JournalHandler throwing = new JournalHandler() {
                @Override
                public void onEvent(final EventView event) {
                    throw new IllegalStateException("asked to");
                }
            };

            assertThrows(IllegalStateException.class, () -> feed.poll(throwing, 10));

            for (int request = 2; request <= 5 * RING_SIZE; request++) {
                offer(publisher, CounterMachine.ADD, request);
                outcomes.await(request);
            }
            assertThrows(IllegalStateException.class, () -> feed.poll(new JournalContent(), 1));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseToJoinTwiceOrToPollWithoutJoining(final StageLayout layout) {
        try (Engine engine = Engine.launch(config(layout), new CounterMachine());
                RingFeed feed = engine.newRingFeed()) {
            assertThrows(IllegalStateException.class, () -> feed.poll(new JournalContent(), 1));
            feed.join();
            assertThrows(IllegalStateException.class, feed::join);
            assertThrows(IllegalStateException.class, () -> feed.poll(new JournalContent(), 0));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldDeliverNothingThatWasNotJournaled(final StageLayout layout) throws Exception {
        final FaultyJournal journal = new FaultyJournal();
        final CountDownLatch published = new CountDownLatch(1);
        journal.onAppend = number -> {
            if (number == 2) {
                FaultyJournal.await(published);
                throw FaultyJournal.askedTo();
            }
        };
        final EngineConfig config = config(layout);
        final Engine engine = journal.launch(config, new CounterMachine());
        final Outcomes outcomes = new Outcomes();
        final Publisher publisher = engine.newPublisher(1, outcomes);
        final RingFeed feed = engine.newRingFeed();
        final JournalContent content = new JournalContent();
        feed.join();
        offer(publisher, CounterMachine.ADD, 1);
        outcomes.await(1);
        for (int request = 2; request <= 7; request++) {
            offer(publisher, CounterMachine.ADD, request);
        }
        published.countDown();
        outcomes.await(7);
        assertThrows(EngineFailedException.class, engine::close);

        while (feed.poll(content, 10) > 0) {
            continue;
        }
        feed.close();

        assertEquals(JournalContent.of(config.journal()), content.entries());
        assertEquals(1, content.entries().size());
    }
}
