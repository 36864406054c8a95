package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayoutEquivalenceTest {
    private static final int COMMANDS = 5000;

    @TempDir
    Path directory;

    @Test
    void shouldJournalTheSameWhateverTheLayout() throws Exception {
        final long seed = System.nanoTime();
        System.out.println("LayoutEquivalenceTest seed=" + seed);

        final List<JournalContent.Entry> fused = run(StageLayout.FUSED, seed);
        final List<JournalContent.Entry> pipelined = run(StageLayout.PIPELINED, seed);

        assertEquals(COMMANDS, fused.size());
        assertEquals(fused, pipelined);
        assertTrue(fused.stream().anyMatch(entry -> !entry.accepted()));
    }

    /** Differs in nothing but the layout; every third command is rejected, some are invalid. */
    private List<JournalContent.Entry> run(final StageLayout layout, final long seed) throws Exception {
        final Random random = new Random(seed);
        final EngineConfig config =
                Commands.config(directory.resolve(layout.name()), layout).ringSize(128);
        config.journal().maxCommitBytes(4096);
        try (Engine engine = Engine.launch(config, new ShapeMachine())) {
            final Publisher publisher = engine.newPublisher(1, outcome -> {});
            for (int i = 0; i < COMMANDS; i++) {
                final long request = i;
                final int type = 1 + random.nextInt(3);
                final UnsafeBuffer command = ShapeMachine.command(
                        random.nextInt(1025),
                        random.ints(random.nextInt(6), 0, 1100).toArray());
                Eventually.until(
                        "room",
                        () -> publisher.offer(type, request, Durability.JOURNALED, command, 0, command.capacity())
                                >= 0);
            }
        }
        return JournalContent.of(config.journal());
    }
}
