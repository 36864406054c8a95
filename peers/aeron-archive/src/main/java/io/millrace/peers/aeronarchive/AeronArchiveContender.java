package io.millrace.peers.aeronarchive;

import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A service between two Aeron publications in shared memory: it is offered the commands by one, and writes the events into
 * the other, which the archive records.
 */
public final class AeronArchiveContender implements Contender {
    /** Serves one process. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new AeronArchiveContender());
    }

    @Override
    public String key() {
        return "aeron_archive";
    }

    @Override
    public String title() {
        return "Aeron Archive 1.51.0";
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("log", "a publication over IPC, recorded by an embedded archive, file sync level 0 (its default)");
        settings.put(
                "durability",
                "the clock stops when the recording position, which follows the write to the file, has passed all events");
        settings.put("commands", "64 bytes offered to an exclusive publication over IPC that is not recorded");
        settings.put("events", "64 bytes claimed in the recorded exclusive publication");
        settings.put("read model", "subscribes to the publication of the events, and does not wait for the recording");
        settings.put(
                "threads",
                "producer, service, read model; media driver and archive on one (INVOKER), since there are two processors");
        settings.put("idle strategy", "back-off, of at most 100 us");
        settings.put("term buffers", "3 x 16 MiB a publication, in /dev/shm, not sparse");
        settings.put("outstanding commands", "87381 at most: the publication's window, half a term");
        settings.put("checksum", "none (its default)");
        settings.put("replay", "by the archive, over IPC; counts the launch of media driver and archive");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final Failures failures = new Failures();
        try (Node node = new Node(directory, failures);
                Pipeline pipeline = new Pipeline(node, work, failures)) {
            pipeline.start();
            return pipeline.run();
        }
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws Exception {
        final Failures failures = new Failures();
        final Usage start = Usage.now();
        final Books books = new Books(work.accounts());
        try (Node node = new Node(directory, failures)) {
            final long events = new Replayer(books, failures).replay(node);
            return new Replay(Usage.now().since(start), events, books.hash());
        }
    }
}
