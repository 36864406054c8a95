package io.millrace.examples.entities;

import java.util.SortedMap;

/** What has happened to an entity. Each entity has a stream, and the stream's version is the entity's. */
public sealed interface EntityEvent {
    /**
     * Which entity.
     *
     * @return its id
     */
    long id();

    /**
     * The entity exists from now on.
     *
     * @param id of the entity
     * @param name of the entity
     * @param attributes of the entity
     */
    record EntityCreated(long id, String name, SortedMap<String, String> attributes) implements EntityEvent {}

    /**
     * The entity has another name and other attributes from now on.
     *
     * @param id of the entity
     * @param name the new one
     * @param attributes the new ones
     */
    record EntityUpdated(long id, String name, SortedMap<String, String> attributes) implements EntityEvent {}

    /**
     * The entity does not exist any more.
     *
     * @param id of the entity
     */
    record EntityDeleted(long id) implements EntityEvent {}
}
