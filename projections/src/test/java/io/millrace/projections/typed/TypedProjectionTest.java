package io.millrace.projections.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.typed.Domain;
import io.millrace.engine.typed.TypedEngine;
import io.millrace.engine.typed.Types;
import io.millrace.engine.typed.UnregisteredTypeException;
import io.millrace.engine.typed.Verdict;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionFailedException;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TypedProjectionTest {
    sealed interface Event {}

    record Liked(String page) implements Event {}

    record Unliked(String page) implements Event {}

    record Toggle(String page) {}

    record Pages(TreeMap<String, Boolean> liked) {}

    private static final Domain<Toggle, Event, Pages> PAGES = Domain.of(
                    Toggle.class, Event.class, () -> new Pages(new TreeMap<>()))
            .decide(
                    1,
                    Toggle.class,
                    (pages, c) -> pages.liked().getOrDefault(c.page(), false)
                            ? Verdict.accept(new Unliked(c.page()))
                            : Verdict.accept(new Liked(c.page())))
            .apply(1, Liked.class, (pages, e) -> pages.liked().put(e.page(), true))
            .apply(2, Unliked.class, (pages, e) -> pages.liked().put(e.page(), false))
            .build();

    /** Keeps what it was told. */
    private static final class Told extends TypedProjection<Event> {
        private final List<String> events = new ArrayList<>();
        private long timestampNs;

        Told() {
            super("told", PAGES.events());
        }

        @Override
        protected void onEvent(final Event event, final long sequence, final long eventTimestampNs) {
            assertTrue(eventTimestampNs >= timestampNs && eventTimestampNs > 0);
            timestampNs = eventTimestampNs;
            events.add(sequence + " " + event);
        }
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(Attachment.class)
    void shouldSeeEveryEventDecodedWithItsSequence(final Attachment attachment) throws Exception {
        try (TypedEngine<Toggle, Event, Pages> engine = TypedEngine.launch(directory, PAGES);
                Projections projections = Projections.of(engine.engine())) {
            engine.execute(new Toggle("a"));
            final ProjectionHandle<Told> told = projections.start(new Told(), attachment);
            engine.submit(new Toggle("b"));
            await(told, engine.execute(new Toggle("a")).lastSequence());
            assertEquals(
                    List.of("1 Liked[page=a]", "2 Liked[page=b]", "3 Unliked[page=a]"),
                    told.query(projection -> List.copyOf(projection.events)));
        }
    }

    @Test
    void shouldKeepAReadModelByAFunction() throws Exception {
        try (TypedEngine<Toggle, Event, Pages> engine = TypedEngine.launch(directory, PAGES);
                Projections projections = Projections.of(engine.engine())) {
            final ProjectionHandle<ModelProjection<Event, int[]>> count = projections.start(
                    TypedProjection.of("count", PAGES.events(), new int[1], (model, event) -> model[0]++));
            engine.submit(new Toggle("b"));
            await(count, engine.execute(new Toggle("a")).lastSequence());
            assertEquals(2, (int) count.query(projection -> projection.model()[0]));
        }
    }

    @Test
    void shouldStopBeforeAnEventThatIsNotRegistered() throws Exception {
        final Types<Liked> likes = Types.of(Liked.class).add(1, Liked.class).build();
        try (TypedEngine<Toggle, Event, Pages> engine = TypedEngine.launch(directory, PAGES);
                Projections projections = Projections.of(engine.engine())) {
            final ProjectionHandle<ModelProjection<Liked, int[]>> count =
                    projections.start(TypedProjection.of("count", likes, new int[1], (model, event) -> model[0]++));
            engine.execute(new Toggle("a"));
            final long unliked = engine.execute(new Toggle("a")).lastSequence();
            final ProjectionFailedException failure = assertThrows(
                    ProjectionFailedException.class,
                    () -> count.awaitSequence(unliked, TypedEngine.DEFAULT_TIMEOUT_NS));
            assertEquals(unliked, failure.sequence());
            assertInstanceOf(UnregisteredTypeException.class, failure.getCause());
            assertEquals(1, (int) count.query(projection -> projection.model()[0]));
        }
    }

    private static void await(final ProjectionHandle<?> handle, final long sequence) throws InterruptedException {
        assertTrue(handle.awaitSequence(sequence, TypedEngine.DEFAULT_TIMEOUT_NS));
    }
}
