package io.millrace.tools.internal.demo;

import io.millrace.engine.ApplyFailedException;
import io.millrace.engine.Engine;
import io.millrace.engine.EngineConfig;
import io.millrace.engine.StateMachine;
import io.millrace.projections.Attachment;
import io.millrace.projections.ProjectionGroup;
import io.millrace.projections.ProjectionHandle;
import io.millrace.projections.Projections;
import io.millrace.tools.internal.console.Progress;
import io.millrace.tools.internal.console.TextTable;
import io.millrace.tools.internal.console.ToolException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An engine on a directory, recovered, with the read models of a domain. */
final class Session implements AutoCloseable {
    private static final long CATCH_UP_TIMEOUT_NS = TimeUnit.MINUTES.toNanos(10);

    /** A projection, its handle, and how to tell its content. */
    private record Running(DemoReadModel model, ProjectionHandle<?> handle) {}

    private final Domain domain;
    private final Engine engine;
    private final Projections projections;
    private final List<Running> readModels = new ArrayList<>();
    private final long recoveryNs;

    private Session(final Domain domain, final Engine engine, final long recoveryNs) {
        this.domain = domain;
        this.engine = engine;
        this.recoveryNs = recoveryNs;
        projections = Projections.of(engine);
    }

    /** Launches the engine and starts the read models. Blocks for as long as the replay takes. */
    static Session open(final Domain domain, final Path directory, final int ringSize) {
        try (Progress progress = new Progress("recovering", "events", -1)) {
            final EngineConfig config = EngineConfig.at(directory)
                    .ringSize(ringSize)
                    .maxCommandBytes(domain.maxCommandBytes())
                    .recoveryListener(progress::to);
            final StateMachine machine = domain.newMachine();
            final long startNs = System.nanoTime();
            final Engine engine = launch(domain, config, machine);
            final Session session = new Session(domain, engine, System.nanoTime() - startNs);
            session.startReadModels();
            return session;
        }
    }

    Engine engine() {
        return engine;
    }

    long recoveredEvents() {
        return engine.recoveredEvents();
    }

    long recoveryNs() {
        return recoveryNs;
    }

    /** How many commands of the domain's sequence the state has. */
    long recorded() {
        return join(engine.inspect(domain::recorded));
    }

    /** Waits for the read models, then takes the hash of everything. No command must be on its way. */
    Fingerprint fingerprint() throws InterruptedException {
        final long lastSequence = engine.journal().journaledSequence();
        final SortedMap<String, String> models = new TreeMap<>();
        for (final Running running : readModels) {
            if (!running.handle().awaitSequence(lastSequence, CATCH_UP_TIMEOUT_NS)) {
                throw new ToolException("read model must catch up: name="
                        + running.model().projection().name() + ", applied="
                        + running.handle().appliedSequence() + ", journaled=" + lastSequence);
            }
            models.put(running.model().projection().name(), running.handle().query(ignored -> digest(running.model())));
        }
        return new Fingerprint(lastSequence, join(engine.stateHash()), models);
    }

    List<TextTable> tables() {
        final List<TextTable> tables = new ArrayList<>();
        for (final Running running : readModels) {
            tables.addAll(
                    running.handle().query(ignored -> running.model().tables().get()));
        }
        return tables;
    }

    @Override
    public void close() {
        try {
            projections.close();
        } finally {
            engine.close();
        }
    }

    private static Engine launch(final Domain domain, final EngineConfig config, final StateMachine machine) {
        try {
            return Engine.launch(config, machine);
        } catch (final ApplyFailedException e) {
            throw new ToolException(
                    "the journal must be one of the " + domain.name() + " demo: directory="
                            + config.journal().directory() + ": " + e.getMessage(),
                    e);
        }
    }

    private void startReadModels() {
        try {
            final ProjectionGroup group = projections.group(domain.name(), Attachment.TAILING);
            for (final DemoReadModel model : domain.newReadModels()) {
                readModels.add(new Running(model, group.add(model.projection())));
            }
            group.start();
        } catch (final RuntimeException e) {
            try {
                close();
            } catch (final RuntimeException alsoFailed) {
                e.addSuppressed(alsoFailed);
            }
            throw e;
        }
    }

    private static String digest(final DemoReadModel model) {
        final MessageDigest sha256 = sha256();
        model.dump().accept(row -> {
            sha256.update(row.getBytes(StandardCharsets.UTF_8));
            sha256.update((byte) '\n');
        });
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static <T> T join(final CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (final CompletionException e) {
            throw new ToolException("the engine must answer: " + e.getCause().getMessage(), e);
        }
    }
}
