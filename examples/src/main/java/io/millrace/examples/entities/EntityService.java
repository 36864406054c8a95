package io.millrace.examples.entities;

import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.typed.TypedEngine;
import io.millrace.engine.typed.TypedOutcome;
import io.millrace.examples.entities.EntityCommand.CreateEntity;
import io.millrace.examples.entities.EntityCommand.DeleteEntity;
import io.millrace.examples.entities.EntityCommand.UpdateEntity;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A whole service: commands to the engine, questions to the read model. Thread-safe. Whoever has the outcome of a command
 * sees its effect in every question after it.
 */
public final class EntityService implements AutoCloseable {
    private static final int MAX_COMMAND_BYTES = 4096;
    private static final long READ_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(30);

    private final TypedEngine<EntityCommand, EntityEvent, EntityVersions> engine;
    private final Projections projections;
    private final ProjectionHandle<EntityIndex> index;
    /** The newest event whose outcome somebody has seen. */
    private final AtomicLong seenSequence = new AtomicLong();

    private EntityService(final TypedEngine<EntityCommand, EntityEvent, EntityVersions> engine) {
        this.engine = engine;
        projections = Projections.of(engine.engine());
        index = projections.start(new EntityIndex());
        seenSequence.set(engine.engine().journal().journaledSequence());
    }

    /**
     * Opens the journal, recovers, and serves.
     *
     * @param journalDirectory created when it does not exist
     * @return the running service
     */
    public static EntityService open(final Path journalDirectory) {
        final EngineConfig config = EngineConfig.at(journalDirectory).maxCommandBytes(MAX_COMMAND_BYTES);
        return new EntityService(TypedEngine.launch(config, Entities.DOMAIN));
    }

    /**
     * Creates an entity.
     *
     * @param id chosen by the client
     * @param name of the entity
     * @param attributes of the entity
     * @return accepted, or rejected with {@link Entities#ALREADY_EXISTS}
     * @throws TimeoutException if the outcome did not come in time; the command may take effect later
     * @throws InterruptedException if the caller was interrupted; the command may take effect later
     */
    public TypedOutcome createEntity(final long id, final String name, final Map<String, String> attributes)
            throws InterruptedException, TimeoutException {
        return execute(new CreateEntity(id, name, new TreeMap<>(attributes)));
    }

    /**
     * Replaces name and attributes of an entity.
     *
     * @param id of the entity
     * @param expectedVersion that the client has seen, or {@link EntityCommand#ANY_VERSION}
     * @param name the new one
     * @param attributes the new ones
     * @return accepted, or rejected with {@link Entities#NOT_FOUND} or {@link Entities#VERSION_CONFLICT}
     * @throws TimeoutException if the outcome did not come in time; the command may take effect later
     * @throws InterruptedException if the caller was interrupted; the command may take effect later
     */
    public TypedOutcome updateEntity(
            final long id, final long expectedVersion, final String name, final Map<String, String> attributes)
            throws InterruptedException, TimeoutException {
        return execute(new UpdateEntity(id, expectedVersion, name, new TreeMap<>(attributes)));
    }

    /**
     * Deletes an entity.
     *
     * @param id of the entity
     * @param expectedVersion that the client has seen, or {@link EntityCommand#ANY_VERSION}
     * @return accepted, or rejected with {@link Entities#NOT_FOUND} or {@link Entities#VERSION_CONFLICT}
     * @throws TimeoutException if the outcome did not come in time; the command may take effect later
     * @throws InterruptedException if the caller was interrupted; the command may take effect later
     */
    public TypedOutcome deleteEntity(final long id, final long expectedVersion)
            throws InterruptedException, TimeoutException {
        return execute(new DeleteEntity(id, expectedVersion));
    }

    /**
     * Gets an entity.
     *
     * @param id of the entity
     * @return the entity, if it exists
     * @throws TimeoutException if the read model did not catch up in time
     * @throws InterruptedException if the caller was interrupted
     */
    public Optional<Entity> getEntity(final long id) throws InterruptedException, TimeoutException {
        return caughtUp().query(entities -> entities.getEntity(id));
    }

    /**
     * Lists a page of entities, by id.
     *
     * @param afterId the last id of the page before, {@link Long#MIN_VALUE} for the first page
     * @param limit how many at most
     * @return entities with higher ids
     * @throws TimeoutException if the read model did not catch up in time
     * @throws InterruptedException if the caller was interrupted
     */
    public List<Entity> listEntities(final long afterId, final int limit)
            throws InterruptedException, TimeoutException {
        return caughtUp().query(entities -> entities.listEntities(afterId, limit));
    }

    /**
     * The engine, for tools.
     *
     * @return the engine
     */
    public Engine engine() {
        return engine.engine();
    }

    @Override
    public void close() {
        try {
            projections.close();
        } finally {
            engine.close();
        }
    }

    private TypedOutcome execute(final EntityCommand command) throws InterruptedException, TimeoutException {
        final TypedOutcome outcome = engine.execute(command);
        seenSequence.accumulateAndGet(outcome.lastSequence(), Math::max);
        return outcome;
    }

    /** The read model, once it has applied what anybody can know of. */
    private ProjectionHandle<EntityIndex> caughtUp() throws InterruptedException, TimeoutException {
        final long sequence = seenSequence.get();
        if (!index.awaitSequence(sequence, READ_TIMEOUT_NS)) {
            throw new TimeoutException(
                    "read model must catch up: required sequence=" + sequence + ", applied=" + index.appliedSequence());
        }
        return index;
    }
}
