package io.millrace.engine;

import static io.millrace.engine.Commands.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertIterableEquals;

import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import io.millrace.journal.JournalFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of all lengths, so that the record ring wraps and fills, and commits are split. */
class RecordSizesTest {
    private static final int MAX_COMMIT_BYTES = 4096;
    private static final int MAX_RECORD_BYTES = MAX_COMMIT_BYTES - JournalFormat.COMMIT_HEADER_LENGTH;
    private static final int MAX_EVENT_BYTES =
            MAX_RECORD_BYTES - JournalFormat.COMMAND_HEADER_LENGTH - JournalFormat.EVENT_HEADER_LENGTH - 7;
    private static final int MAX_EVENTS = 60;
    private static final int COMMANDS = 3000;

    @TempDir
    Path directory;

    static Stream<Arguments> shapes() {
        final Stream.Builder<Arguments> shapes = Stream.builder();
        for (final StageLayout layout : StageLayout.values()) {
            for (final int ringSize : new int[] {2, 4, 16}) {
                shapes.add(Arguments.of(layout, ringSize, 512));
            }
            shapes.add(Arguments.of(layout, 16, 1));
            shapes.add(Arguments.of(layout, 1024, 512));
        }
        return shapes.build();
    }

    private EngineConfig config(final StageLayout layout, final int ringSize, final int maxBatchCommands) {
        return EngineConfig.with(
                        JournalConfig.at(directory).blockSizeBytes(1 << 20).maxCommitBytes(MAX_COMMIT_BYTES))
                .layout(layout)
                .ringSize(ringSize)
                .maxBatchCommands(maxBatchCommands)
                .maxCommandBytes((MAX_EVENTS + 1) * Integer.BYTES);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void shouldJournalWhatWasAnsweredWhenRecordsDifferInLength(
            final StageLayout layout, final int ringSize, final int maxBatchCommands) throws Exception {
        final long seed = System.nanoTime();
        System.out.println("RecordSizesTest seed=" + seed);
        final Random random = new Random(seed);
        final EngineConfig config = config(layout, ringSize, maxBatchCommands);
        final Map<Long, Outcome> outcomes = new TreeMap<>();
        final long hash;
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            final Publisher publisher =
                    engine.newPublisher(9, outcome -> outcomes.put(outcome.requestId(), outcome.copy()));
            for (int i = 0; i < COMMANDS; i++) {
                final int type = 1 + random.nextInt(3);
                final UnsafeBuffer command = randomCommand(random);
                final long request = i;
                Eventually.until(
                        "room",
                        () -> publisher.offer(type, request, Durability.JOURNALED, command, 0, command.capacity())
                                >= 0);
            }
            Eventually.until("an empty ring", () -> engine.health().commandsInRing() == 0);
            hash = get(engine.stateHash());
        }
        assertEquals(COMMANDS, outcomes.size());
        assertJournalTellsTheSame(config, outcomes.values());
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            assertEquals(hash, get(engine.stateHash()));
        }
    }

    /** Some small, some of one long event, some of many events, some that are just too long. */
    private static UnsafeBuffer randomCommand(final Random random) {
        final int resultLength = random.nextInt(4) == 0 ? random.nextInt(1024) : 0;
        return switch (random.nextInt(5)) {
            case 0 -> ShapeMachine.command(resultLength, 1 + random.nextInt(MAX_EVENT_BYTES));
            case 1 ->
                ShapeMachine.command(
                        resultLength,
                        random.ints(random.nextInt(MAX_EVENTS), 1, 64).toArray());
            case 2 -> ShapeMachine.command(0, MAX_EVENT_BYTES - random.nextInt(16));
            case 3 -> ShapeMachine.command(resultLength);
            default -> ShapeMachine.command(8, 8);
        };
    }

    private static void assertJournalTellsTheSame(final EngineConfig config, final Iterable<Outcome> outcomes) {
        final List<JournalContent.Entry> entries = JournalContent.of(config.journal());
        final List<Outcome> told = new ArrayList<>();
        for (final JournalContent.Entry entry : entries) {
            final int events = entry.events().size();
            told.add(new Outcome(
                    entry.clientId(),
                    entry.requestId(),
                    entry.accepted() ? OutcomeStatus.ACCEPTED : OutcomeStatus.REJECTED,
                    entry.code(),
                    events == 0 ? 0 : entry.firstSequence(),
                    events == 0 ? 0 : entry.firstSequence() + events - 1,
                    Durability.JOURNALED,
                    HexFormat.of().parseHex(entry.result())));
            for (int i = 0; i < events; i++) {
                assertFilled(entry, i);
            }
        }
        assertIterableEquals(outcomes, told);
    }

    private static void assertFilled(final JournalContent.Entry entry, final int number) {
        final JournalContent.EventEntry event = entry.events().get(number);
        final String fill = HexFormat.of().toHexDigits(ShapeMachine.fill(entry.requestId(), number));
        assertEquals(fill.repeat(event.payload().length() / 2), event.payload());
        assertEquals(number, event.schemaVersion());
        assertEquals(entry.requestId() % 7, event.streamId());
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldTakeTheLongestRecordAndRejectALongerOne(final StageLayout layout) throws Exception {
        try (Engine engine = Engine.launch(config(layout, 4, 512), new ShapeMachine())) {
            final Publisher publisher = engine.newPublisher();
            final int exact = MAX_EVENT_BYTES - 1024 - JournalFormat.EVENT_HEADER_LENGTH;

            assertEquals(OutcomeCodes.OK, codeOf(publisher, 0, MAX_EVENT_BYTES));
            assertEquals(OutcomeCodes.INVALID_DECISION, codeOf(publisher, 0, MAX_EVENT_BYTES + 8));
            assertEquals(OutcomeCodes.INVALID_DECISION, codeOf(publisher, 1024, MAX_EVENT_BYTES));
            assertEquals(OutcomeCodes.OK, codeOf(publisher, 1024, exact));
            assertEquals(2, engine.health().journaledSequence());
        }
    }

    private static int codeOf(final Publisher publisher, final int resultLength, final int eventLength)
            throws Exception {
        final UnsafeBuffer command = ShapeMachine.command(resultLength, eventLength);
        return get(publisher.submit(ShapeMachine.EMIT, 1, Durability.JOURNALED, command, 0, command.capacity()))
                .code();
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldTakeManySmallCommandsThroughATinyRecordRing(final StageLayout layout) throws Exception {
        final UnsafeBuffer command = ShapeMachine.command(0, 100, 100);
        try (Engine engine = Engine.launch(config(layout, 1024, 512), new ShapeMachine())) {
            final Publisher publisher = engine.newPublisher();
            for (int i = 0; i < 50_000; i++) {
                while (publisher.offer(ShapeMachine.EMIT, i, Durability.JOURNALED, command, 0, command.capacity())
                        < 0) {
                    Thread.yield();
                }
            }
            Eventually.until("all journaled", () -> engine.health().journaledSequence() == 100_000);
        }
    }
}
