package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.EventView;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PrefetchTest {
    private static final int COMMANDS = 100;

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldShowEachBatchBeforeItIsDecided(final StageLayout layout) throws Exception {
        final PrefetchingMachine machine = new PrefetchingMachine(-1);
        final Outcomes outcomes = run(layout, machine);

        final List<Long> decided = LongStream.rangeClosed(0, COMMANDS).boxed().toList();
        assertEquals(decided, outcomes.requestIds());
        assertEquals(decided, machine.decided);
        assertEquals(decided.subList(1, decided.size()), machine.prefetched);
        assertTrue(outcomes.all().stream().allMatch(Outcome::accepted));
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldDecideAllTheSameWhenPrefetchThrows(final StageLayout layout) throws Exception {
        final PrefetchingMachine machine = new PrefetchingMachine(50);
        final Outcomes outcomes = run(layout, machine);

        assertEquals(COMMANDS + 1, outcomes.all().size());
        assertTrue(outcomes.all().stream().allMatch(Outcome::accepted));
    }

    /** The first command holds the writer until the others are all there. */
    private Outcomes run(final StageLayout layout, final PrefetchingMachine machine) throws Exception {
        final Outcomes outcomes = new Outcomes();
        try (Engine engine = Engine.launch(Commands.config(directory, layout), machine)) {
            final Publisher publisher = engine.newPublisher(1, outcomes);
            Commands.offer(publisher, HoldingMachine.HOLD, 0);
            machine.holding.awaitHeld();
            for (int request = 1; request <= COMMANDS; request++) {
                Commands.offer(publisher, CounterMachine.ADD, request);
            }
            machine.holding.release();
            outcomes.await(COMMANDS + 1);
        }
        return outcomes;
    }

    /** Notes what it is shown and what it decides. */
    private static final class PrefetchingMachine implements StateMachine {
        private final HoldingMachine holding = new HoldingMachine();
        private final List<Long> prefetched = new ArrayList<>();
        private final List<Long> decided = new ArrayList<>();
        private final long poison;

        private PrefetchingMachine(final long poison) {
            this.poison = poison;
        }

        @Override
        public void prefetch(final CommandBatch commands, final StreamPrefetch streams) {
            for (int i = 0; i < commands.size(); i++) {
                final Command command = commands.get(i);
                if (command.requestId() == poison) {
                    throw new IllegalStateException("asked to");
                }
                prefetched.add(command.requestId());
                streams.stream(command.buffer().getLong(command.offset()));
            }
        }

        @Override
        public void decide(final Command command, final Decision decision) {
            decided.add(command.requestId());
            holding.decide(command, decision);
        }

        @Override
        public void apply(final EventView event) {
            holding.apply(event);
        }

        @Override
        public void save(final DataOutput out) throws IOException {
            holding.save(out);
        }

        @Override
        public void load(final DataInput in) throws IOException {
            holding.load(in);
        }
    }
}
