package io.millrace.examples.entities;

import static io.millrace.examples.entities.EntityCommand.ANY_VERSION;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.engine.typed.TypedOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntityServiceTest {
    @TempDir
    private Path directory;

    private EntityService service;

    @BeforeEach
    void open() {
        service = EntityService.open(directory);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void shouldGetWhatWasCreated() throws Exception {
        assertTrue(service.createEntity(7, "pump", Map.of("size", "L")).accepted());

        assertEquals(Optional.of(entity(7, 1, "pump", Map.of("size", "L"))), service.getEntity(7));
    }

    @Test
    void shouldGetTheNewStateWhenUpdated() throws Exception {
        service.createEntity(7, "pump", Map.of("size", "L"));

        assertTrue(service.updateEntity(7, 1, "valve", Map.of()).accepted());

        assertEquals(Optional.of(entity(7, 2, "valve", Map.of())), service.getEntity(7));
    }

    @Test
    void shouldFindNothingWhenDeleted() throws Exception {
        service.createEntity(7, "pump", Map.of());

        assertTrue(service.deleteEntity(7, 1).accepted());

        assertEquals(Optional.empty(), service.getEntity(7));
        assertEquals(List.of(), service.listEntities(Long.MIN_VALUE, 10));
    }

    @Test
    void shouldGoOnCountingVersionsWhenCreatedAgain() throws Exception {
        service.createEntity(7, "pump", Map.of());
        service.deleteEntity(7, ANY_VERSION);

        assertTrue(service.createEntity(7, "valve", Map.of()).accepted());

        assertEquals(3, service.getEntity(7).orElseThrow().version());
        assertTrue(service.updateEntity(7, 3, "tap", Map.of()).accepted());
    }

    @Test
    void shouldListByIdPageByPage() throws Exception {
        for (final long id : new long[] {3, -1, 2, Long.MIN_VALUE, 9}) {
            service.createEntity(id, "e" + id, Map.of());
        }

        assertEquals(List.of(Long.MIN_VALUE, -1L), ids(service.listEntities(Long.MIN_VALUE, 2)));
        assertEquals(List.of(2L, 3L), ids(service.listEntities(-1, 2)));
        assertEquals(List.of(9L), ids(service.listEntities(3, 2)));
    }

    @Test
    void shouldRejectWhenTheEntityExistsAlready() throws Exception {
        service.createEntity(7, "pump", Map.of());

        assertRejected(Entities.ALREADY_EXISTS, service.createEntity(7, "other", Map.of()));
        assertEquals("pump", service.getEntity(7).orElseThrow().name());
    }

    @Test
    void shouldRejectWhenTheEntityDoesNotExist() throws Exception {
        assertRejected(Entities.NOT_FOUND, service.updateEntity(7, ANY_VERSION, "x", Map.of()));
        assertRejected(Entities.NOT_FOUND, service.deleteEntity(7, ANY_VERSION));
    }

    @Test
    void shouldRejectWhenSomebodyElseWasFirst() throws Exception {
        service.createEntity(7, "pump", Map.of());
        service.updateEntity(7, 1, "first", Map.of());

        final TypedOutcome outcome = service.updateEntity(7, 1, "second", Map.of());

        assertRejected(Entities.VERSION_CONFLICT, outcome);
        assertTrue(outcome.reason().contains("has version 2"), outcome::reason);
        assertRejected(Entities.VERSION_CONFLICT, service.deleteEntity(7, 1));
        assertEquals("first", service.getEntity(7).orElseThrow().name());
    }

    @Test
    void shouldBeThereAgainWhenReopened() throws Exception {
        service.createEntity(7, "Überdruckventil \uD83D\uDE00", Map.of("größe", "½"));
        service.createEntity(8, "pump", Map.of());
        service.deleteEntity(8, 1);
        final List<Entity> before = service.listEntities(Long.MIN_VALUE, 10);
        final long hash = service.engine().stateHash().join();
        service.close();

        service = EntityService.open(directory);

        assertEquals(before, service.listEntities(Long.MIN_VALUE, 10));
        assertEquals(hash, service.engine().stateHash().join());
        assertRejected(Entities.NOT_FOUND, service.deleteEntity(8, 2));
    }

    private static Entity entity(
            final long id, final long version, final String name, final Map<String, String> attributes) {
        return new Entity(id, version, name, new TreeMap<>(attributes));
    }

    private static List<Long> ids(final List<Entity> entities) {
        return entities.stream().map(Entity::id).toList();
    }

    private static void assertRejected(final int code, final TypedOutcome outcome) {
        assertFalse(outcome.accepted());
        assertEquals(code, outcome.code(), outcome::toString);
    }
}
