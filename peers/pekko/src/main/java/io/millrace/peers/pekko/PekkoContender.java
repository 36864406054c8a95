package io.millrace.peers.pekko;

import com.typesafe.config.ConfigFactory;
import io.millrace.contest.Answer;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Transfer;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * An event-sourced entity of Pekko Persistence Typed over the journal in memory, the only one that comes with it. The entity
 * tells the read model's actor of each event after it has been persisted.
 */
public final class PekkoContender implements Contender {
    /** What the entity may stash while it waits for the journal. More would be dropped. */
    private static final int MAX_OUTSTANDING = 4096;

    /** How many must have been answered before the producer, once stopped, goes on. */
    private static final int RESUME_AFTER = MAX_OUTSTANDING / 4;

    private static final long TIMEOUT_S = 30;

    private static final String CONFIGURATION = """
            pekko.loglevel = ERROR
            pekko.stdout-loglevel = ERROR
            pekko.loggers-start-timeout = 30s
            pekko.persistence.journal.plugin = "pekko.persistence.journal.inmem"
            pekko.persistence.typed.stash-capacity = 4096
            pekko.persistence.typed.stash-overflow-strategy = fail
            pekko.actor.default-dispatcher.fork-join-executor.parallelism-min = 2
            pekko.actor.default-dispatcher.fork-join-executor.parallelism-max = 2
            """;

    /** Serves one process. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new PekkoContender());
    }

    @Override
    public String key() {
        return "pekko";
    }

    @Override
    public String title() {
        return "Apache Pekko Persistence 1.7.0";
    }

    @Override
    public Durability durability() {
        return Durability.MEMORY;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("log", "pekko.persistence.journal.inmem, which comes with it and is meant for tests");
        settings.put("entity", "one EventSourcedBehavior for all accounts: a transfer changes two of them at once");
        settings.put("persisting", "one event a command, each acknowledged by the journal before the next is decided");
        settings.put("commands", "objects with the fields of the 64 bytes, told to the entity, not serialised");
        settings.put("events", "objects with the fields of the 64 bytes, not serialised (the journal's default)");
        settings.put("read model", "an actor, which the entity tells of the event after it has been persisted");
        settings.put(
                "answers", "a counter that is set after persisting; no ask, which would create an actor a command");
        settings.put("outstanding commands", MAX_OUTSTANDING + " at most, as many as the entity stashes");
        settings.put(
                "dispatcher",
                "the default one, of 2 threads, one a processor; its throughput of 5 messages is the default");
        settings.put("replay", "none: the journal is gone with the actor system");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final Progress progress = new Progress();
        final CompletableFuture<ActorRef<Transfer>> started = new CompletableFuture<>();
        final ActorSystem<Void> system = ActorSystem.create(
                Guardian.behavior(work.accounts(), progress, started),
                "contest",
                ConfigFactory.parseString(CONFIGURATION).withFallback(ConfigFactory.load()));
        try {
            final ActorRef<Transfer> ledger = started.get(TIMEOUT_S, TimeUnit.SECONDS);
            progress.await(progress::isRecovered);
            return run(ledger, progress, work);
        } finally {
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
        }
    }

    private static Live run(final ActorRef<Transfer> ledger, final Progress progress, final Work work)
            throws TimeoutException {
        final Usage start = Usage.now();
        produce(ledger, progress, work);
        progress.await(() -> progress.answeredCommands() == work.commands());
        progress.await(() -> progress.countedEvents() == progress.acceptedCommands());
        final Usage usage = Usage.now().since(start);
        return new Live(
                usage,
                new Answer(
                        progress.acceptedCommands(),
                        progress.countedEvents(),
                        progress.stateHash(),
                        progress.readModelHash()));
    }

    private static void produce(final ActorRef<Transfer> ledger, final Progress progress, final Work work)
            throws TimeoutException {
        final Transfers transfers = work.transfers();
        for (long told = 0; told < work.commands(); told++) {
            if (told - progress.answeredCommands() >= MAX_OUTSTANDING) {
                final long enough = told - MAX_OUTSTANDING + RESUME_AFTER;
                progress.await(() -> progress.answeredCommands() >= enough);
            }
            transfers.advance();
            ledger.tell(Transfer.of(transfers));
        }
    }

    @Override
    public boolean replays() {
        return false;
    }

    @Override
    public Replay replay(final Path directory, final Work work) {
        throw new UnsupportedOperationException("the journal is gone with the actor system");
    }
}
