package io.millrace.examples.entities;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.engine.typed.TypedOutcome;
import io.millrace.engine.typed.TypedStateMachine;
import io.millrace.examples.driver.DirectDriver;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random operations on the service and on the simplest thing that could be right. */
class EntitiesModelTest {
    private static final int OPERATIONS = 5_000;
    private static final int IDS = 40;

    private final Map<Long, Entity> model = new HashMap<>();
    private final Map<Long, Long> versions = new HashMap<>();
    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @TempDir
    private Path directory;

    @Test
    void shouldAgreeWithTheModelLiveAndWhenReplayed() throws Exception {
        final byte[] saved;
        try (EntityService service = EntityService.open(directory)) {
            for (int i = 0; i < OPERATIONS; i++) {
                operate(service, i);
            }
            assertModel(service);
            saved = service.engine().inspect(DirectDriver::save).join();
        }
        try (EntityService service = EntityService.open(directory)) {
            assertModel(service);
            assertArrayEquals(
                    saved, service.engine().inspect(DirectDriver::save).join(), () -> "seed=" + seed);
            final var loaded = DirectDriver.load(new TypedStateMachine<>(Entities.DOMAIN), saved);
            assertArrayEquals(saved, DirectDriver.save(loaded), () -> "seed=" + seed);
        }
    }

    private void operate(final EntityService service, final int number) throws Exception {
        final long id = random.nextInt(IDS);
        final Map<String, String> attributes = Map.of("number", "" + number, "twice", "" + 2 * number);
        final long expected = random.nextInt(3) == 0
                ? random.nextInt(10)
                : model.containsKey(id) ? model.get(id).version() : EntityCommand.ANY_VERSION;
        switch (random.nextInt(4)) {
            case 0 -> {
                final int code = model.containsKey(id) ? Entities.ALREADY_EXISTS : 0;
                check(code, service.createEntity(id, "c" + number, attributes));
                write(code, id, "c" + number, attributes);
            }
            case 1 -> {
                final int code = changeCode(id, expected);
                check(code, service.deleteEntity(id, expected));
                if (code == 0) {
                    versions.merge(id, 1L, Long::sum);
                    model.remove(id);
                }
            }
            default -> {
                final int code = changeCode(id, expected);
                check(code, service.updateEntity(id, expected, "u" + number, attributes));
                write(code, id, "u" + number, attributes);
            }
        }
    }

    private int changeCode(final long id, final long expected) {
        if (!model.containsKey(id)) {
            return Entities.NOT_FOUND;
        }
        final boolean matches = expected == EntityCommand.ANY_VERSION
                || expected == model.get(id).version();
        return matches ? 0 : Entities.VERSION_CONFLICT;
    }

    private void write(final int code, final long id, final String name, final Map<String, String> attributes) {
        if (code == 0) {
            model.put(id, new Entity(id, versions.merge(id, 1L, Long::sum), name, new TreeMap<>(attributes)));
        }
    }

    private void check(final int code, final TypedOutcome outcome) {
        assertEquals(code, outcome.code(), () -> "seed=" + seed + ", " + outcome);
        assertEquals(code == 0, outcome.accepted(), () -> "seed=" + seed + ", " + outcome);
    }

    private void assertModel(final EntityService service) throws Exception {
        assertEquals(
                List.copyOf(new TreeMap<>(model).values()),
                service.listEntities(Long.MIN_VALUE, IDS),
                () -> "seed=" + seed);
        for (long id = 0; id < IDS; id++) {
            assertEquals(model.get(id), service.getEntity(id).orElse(null), "seed=" + seed);
        }
    }
}
