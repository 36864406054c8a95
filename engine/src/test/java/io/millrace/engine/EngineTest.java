package io.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.journal.Durability;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EngineTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldGiveEverythingBackWhenLaunchedAgain(final StageLayout layout) throws Exception {
        final long hash;
        try (Engine engine = Engine.launch(EngineConfig.at(directory).layout(layout), new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            for (int i = 0; i < 1000; i++) {
                final Outcome outcome = submit(
                        publisher,
                        CounterMachine.ADD,
                        i,
                        i % 10,
                        i,
                        i % 100 == 0 ? Durability.SYNCED : Durability.JOURNALED);
                assertEquals(OutcomeStatus.ACCEPTED, outcome.status());
                assertEquals(i + 1, outcome.firstSequence());
            }
            hash = engine.stateHash().get(10, TimeUnit.SECONDS);
        }
        final CounterMachine machine = new CounterMachine();
        try (Engine engine = Engine.launch(EngineConfig.at(directory).layout(layout), machine)) {
            assertEquals(1000, engine.recoveredEvents());
            assertEquals(hash, engine.stateHash().get(10, TimeUnit.SECONDS));
        }
    }

    static Outcome submit(
            final Publisher publisher,
            final int type,
            final long request,
            final long counter,
            final long amount,
            final Durability durability)
            throws Exception {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[16]);
        payload.putLong(0, counter);
        payload.putLong(8, amount);
        return publisher.submit(type, request, durability, payload, 0, 16).get(10, TimeUnit.SECONDS);
    }
}
