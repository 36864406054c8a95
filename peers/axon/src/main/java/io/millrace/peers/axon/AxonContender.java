package io.millrace.peers.axon;

import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Axon Framework without a server: the embedded event store in memory, behind the Disruptor command bus. */
public final class AxonContender implements Contender {
    /** Serves one process. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new AxonContender());
    }

    @Override
    public String key() {
        return "axon";
    }

    @Override
    public String title() {
        return "Axon Framework 4.13.0";
    }

    @Override
    public Durability durability() {
        return Durability.MEMORY;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("log", "EmbeddedEventStore over InMemoryEventStorageEngine");
        settings.put(
                "command bus",
                "DisruptorCommandBus: buffer of " + Pipeline.BUFFER_SIZE
                        + " (its default), one producer, SleepingWaitStrategy, 3 threads");
        settings.put("outstanding commands", "those in the buffer, and as many callbacks, at most");
        settings.put(
                "aggregate",
                "one for all accounts: a transfer changes two at once, and this bus lets a command load one aggregate;"
                        + " it is referred to, so that the bus's weak cache keeps it");
        settings.put("command handler", "subscribed to the bus as a lambda, outside the aggregate: no reflection");
        settings.put("commands", "objects with the fields of the 64 bytes, not serialised");
        settings.put("events", "objects with the fields of the 64 bytes, not serialised, one unit of work each");
        settings.put(
                "read model",
                "SubscribingEventProcessor, on the bus's publishing thread: faster in a trial here than"
                        + " PooledStreamingEventProcessor with batches of 1000, which the guide prefers in general");
        settings.put("identifiers", "an IdentifierFactory that counts, as the guide advises, in place of random UUIDs");
        settings.put("replay", "none: the events are gone with the process");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        try (Pipeline pipeline = new Pipeline(work)) {
            pipeline.start();
            return pipeline.run();
        }
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public Replay replay(final Path directory, final Work work) {
        throw new UnsupportedOperationException("the events are gone with the process");
    }
}
