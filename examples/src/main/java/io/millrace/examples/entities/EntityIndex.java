package io.millrace.examples.entities;

import io.millrace.examples.ReadModel;
import io.millrace.examples.entities.EntityEvent.EntityCreated;
import io.millrace.examples.entities.EntityEvent.EntityDeleted;
import io.millrace.examples.entities.EntityEvent.EntityUpdated;
import io.millrace.journal.EventView;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Read model: the entities that exist, by id. */
public final class EntityIndex implements ReadModel {
    private final TreeMap<Long, Entity> entities = new TreeMap<>();

    /** Creates the empty read model. */
    public EntityIndex() {}

    @Override
    public String name() {
        return "entities";
    }

    @Override
    public void onEvent(final EventView record) {
        final EntityEvent event = Entities.DOMAIN.events().decode(record);
        if (event instanceof EntityCreated created) {
            put(record, created.name(), created.attributes());
        } else if (event instanceof EntityUpdated updated) {
            put(record, updated.name(), updated.attributes());
        } else if (event instanceof EntityDeleted deleted) {
            entities.remove(deleted.id());
        }
    }

    /**
     * One entity.
     *
     * @param id of the entity
     * @return the entity, if it exists
     */
    public Optional<Entity> getEntity(final long id) {
        return Optional.ofNullable(entities.get(id));
    }

    /**
     * A page of entities, by id.
     *
     * @param afterId the last id of the page before, {@link Long#MIN_VALUE} for the first page
     * @param limit how many at most
     * @return entities with higher ids, fewer than the limit on the last page
     */
    public List<Entity> listEntities(final long afterId, final int limit) {
        return entities.tailMap(afterId, afterId == Long.MIN_VALUE).values().stream()
                .limit(limit)
                .toList();
    }

    /**
     * How many entities exist.
     *
     * @return the count
     */
    public int size() {
        return entities.size();
    }

    @Override
    public void dump(final Consumer<String> row) {
        entities.values().forEach(entity -> row.accept(entity.toString()));
    }

    private void put(final EventView record, final String name, final SortedMap<String, String> attributes) {
        entities.put(record.streamId(), new Entity(record.streamId(), record.streamVersion(), name, attributes));
    }
}
