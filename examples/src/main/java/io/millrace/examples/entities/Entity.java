package io.millrace.examples.entities;

import java.util.SortedMap;

/**
 * An entity as the read model has it.
 *
 * @param id of the entity
 * @param version of the entity: how many times it was created, updated and deleted so far
 * @param name of the entity
 * @param attributes of the entity, not to be changed
 */
public record Entity(long id, long version, String name, SortedMap<String, String> attributes) {}
