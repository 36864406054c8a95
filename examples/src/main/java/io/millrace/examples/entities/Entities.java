package io.millrace.examples.entities;

import io.millrace.engine.typed.Domain;
import io.millrace.engine.typed.Verdict;
import io.millrace.examples.entities.EntityCommand.CreateEntity;
import io.millrace.examples.entities.EntityCommand.DeleteEntity;
import io.millrace.examples.entities.EntityCommand.UpdateEntity;
import io.millrace.examples.entities.EntityEvent.EntityCreated;
import io.millrace.examples.entities.EntityEvent.EntityDeleted;
import io.millrace.examples.entities.EntityEvent.EntityUpdated;

/** The rules: an id is used by one entity at a time, and nobody overwrites what he has not seen. */
public final class Entities {
    /** Rejected: there is no such entity. */
    public static final int NOT_FOUND = 1;

    /** Rejected: there is such an entity. */
    public static final int ALREADY_EXISTS = 2;

    /** Rejected: the entity has another version than expected; the reason names it. */
    public static final int VERSION_CONFLICT = 3;

    /** The domain; it knows how commands and events are encoded. */
    public static final Domain<EntityCommand, EntityEvent, EntityVersions> DOMAIN =
            Domain.of(EntityCommand.class, EntityEvent.class, EntityVersions::new).stream(EntityEvent::id)
                    .decide(1, CreateEntity.class, Entities::create)
                    .decide(2, UpdateEntity.class, Entities::update)
                    .decide(3, DeleteEntity.class, Entities::delete)
                    .apply(1, EntityCreated.class, (versions, event) -> versions.written(event.id()))
                    .apply(2, EntityUpdated.class, (versions, event) -> versions.written(event.id()))
                    .apply(3, EntityDeleted.class, (versions, event) -> versions.deleted(event.id()))
                    .build();

    private Entities() {}

    private static Verdict<EntityEvent> create(final EntityVersions versions, final CreateEntity command) {
        return versions.exists(command.id())
                ? Verdict.reject(ALREADY_EXISTS, "entity " + command.id() + " exists already")
                : Verdict.accept(new EntityCreated(command.id(), command.name(), command.attributes()));
    }

    private static Verdict<EntityEvent> update(final EntityVersions versions, final UpdateEntity command) {
        final Verdict<EntityEvent> refusal = refusal(versions, command.id(), command.expectedVersion());
        return refusal != null
                ? refusal
                : Verdict.accept(new EntityUpdated(command.id(), command.name(), command.attributes()));
    }

    private static Verdict<EntityEvent> delete(final EntityVersions versions, final DeleteEntity command) {
        final Verdict<EntityEvent> refusal = refusal(versions, command.id(), command.expectedVersion());
        return refusal != null ? refusal : Verdict.accept(new EntityDeleted(command.id()));
    }

    /** Why an entity cannot be changed, null if it can. */
    private static Verdict<EntityEvent> refusal(
            final EntityVersions versions, final long id, final long expectedVersion) {
        if (!versions.exists(id)) {
            return Verdict.reject(NOT_FOUND, "entity " + id + " does not exist");
        }
        if (expectedVersion != EntityCommand.ANY_VERSION && expectedVersion != versions.version(id)) {
            return Verdict.reject(
                    VERSION_CONFLICT,
                    "entity " + id + " has version " + versions.version(id) + ", expected was " + expectedVersion);
        }
        return null;
    }
}
