package io.millrace.examples.entities;

import java.util.SortedMap;

/** What can be asked of an entity. */
public sealed interface EntityCommand {
    /** Version to expect when any will do. */
    long ANY_VERSION = 0;

    /**
     * Which entity.
     *
     * @return its id
     */
    long id();

    /**
     * Creates an entity that does not exist.
     *
     * @param id chosen by the client
     * @param name of the entity
     * @param attributes of the entity
     */
    record CreateEntity(long id, String name, SortedMap<String, String> attributes) implements EntityCommand {}

    /**
     * Replaces name and attributes.
     *
     * @param id of the entity
     * @param expectedVersion that the client has seen, or {@link #ANY_VERSION}
     * @param name the new one
     * @param attributes the new ones
     */
    record UpdateEntity(long id, long expectedVersion, String name, SortedMap<String, String> attributes)
            implements EntityCommand {}

    /**
     * Deletes an entity. One with the same id may be created later; its versions go on.
     *
     * @param id of the entity
     * @param expectedVersion that the client has seen, or {@link #ANY_VERSION}
     */
    record DeleteEntity(long id, long expectedVersion) implements EntityCommand {}
}
