package io.millrace.engine;

import static io.millrace.engine.Commands.get;
import static io.millrace.engine.Commands.offer;
import static io.millrace.engine.Commands.submit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.journal.JournalReader;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class InspectionTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldSeeWhatWasPublishedBeforeOnTheSameThread(final StageLayout layout) throws Exception {
        final CounterMachine machine = new CounterMachine();
        try (Engine engine = launch(layout, machine)) {
            final Publisher publisher = engine.newPublisher();
            for (int i = 1; i <= 100; i++) {
                offer(publisher, CounterMachine.ADD, 10);
                final long expected = 10L * i;
                final long found = get(engine.inspect(state -> machine.value(0)));
                assertEquals(expected, found);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldHashTheStateAndNothingElse(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout, new CounterMachine())) {
            final Publisher publisher = engine.newPublisher();
            final long empty = get(engine.stateHash());
            get(submit(publisher, CounterMachine.ADD, 1));
            final long one = get(engine.stateHash());
            get(submit(publisher, CounterMachine.REJECT, 2));

            assertNotEquals(empty, one);
            assertEquals(one, get(engine.stateHash()));
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldPassTheQuestionsExceptionOnAndGoOn(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout, new CounterMachine())) {
            final IllegalStateException thrown = new IllegalStateException("asked to");

            final ExecutionException e = assertThrows(
                    ExecutionException.class,
                    () -> get(engine.inspect(state -> {
                        throw thrown;
                    })));

            assertEquals(thrown, e.getCause());
            assertTrue(get(submit(engine.newPublisher(), CounterMachine.ADD, 1)).accepted());
        }
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldRefuseQuestionsWhenFailed(final StageLayout layout) throws Exception {
        final Engine engine = launch(layout, new CounterMachine());
        get(submit(engine.newPublisher(), CounterMachine.RUN_OUT_OF_MEMORY, 1));

        final ExecutionException e = assertThrows(ExecutionException.class, () -> get(engine.stateHash()));

        assertEquals(
                PublishResult.FAILED,
                assertInstanceOf(PublishException.class, e.getCause()).result());
        assertThrows(EngineFailedException.class, engine::close);
    }

    @ParameterizedTest
    @EnumSource(StageLayout.class)
    void shouldLetReadersFollowTheJournal(final StageLayout layout) throws Exception {
        try (Engine engine = launch(layout, new CounterMachine());
                JournalReader reader = engine.journal().newReader(3)) {
            final JournalContent content = new JournalContent();
            assertEquals(0, reader.poll(content, 10));
            final Publisher publisher = engine.newPublisher();
            for (int i = 1; i <= 5; i++) {
                get(submit(publisher, CounterMachine.ADD, i));
            }

            Eventually.until("sequence 5", () -> reader.poll(content, 10) >= 0 && reader.nextSequence() == 6);

            assertEquals(3, content.entries().get(0).requestId());
            assertEquals(3, content.entries().size());
        }
    }

    private Engine launch(final StageLayout layout, final StateMachine machine) {
        return Engine.launch(Commands.config(directory, layout), machine);
    }
}
