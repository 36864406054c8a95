package io.millrace.engine;

import io.millrace.journal.Durability;
import io.millrace.journal.JournalConfig;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Configurations of small engines, and commands for {@link CounterMachine}. */
public final class Commands {
    public static final int LENGTH = 2 * Long.BYTES;

    private Commands() {}

    /** Small blocks, so that many engines can be launched. */
    public static EngineConfig config(final Path directory, final StageLayout layout) {
        return EngineConfig.with(
                        JournalConfig.at(directory).blockSizeBytes(1 << 20).maxCommitBytes(1 << 18))
                .layout(layout);
    }

    public static UnsafeBuffer payload(final long counter, final long amount) {
        final UnsafeBuffer payload = new UnsafeBuffer(new byte[LENGTH]);
        payload.putLong(0, counter);
        payload.putLong(Long.BYTES, amount);
        return payload;
    }

    public static CompletableFuture<Outcome> submit(final Publisher publisher, final int type, final long request) {
        return publisher.submit(type, request, Durability.JOURNALED, payload(request % 10, request), 0, LENGTH);
    }

    public static long offer(final Publisher publisher, final int type, final long request) {
        return publisher.offer(type, request, Durability.JOURNALED, payload(request % 10, request), 0, LENGTH);
    }

    public static long offerSynced(final Publisher publisher, final int type, final long request) {
        return publisher.offer(type, request, Durability.SYNCED, payload(request % 10, request), 0, LENGTH);
    }

    public static <T> T get(final CompletableFuture<T> future) throws Exception {
        return future.get(Eventually.PATIENCE_SECONDS, TimeUnit.SECONDS);
    }
}
