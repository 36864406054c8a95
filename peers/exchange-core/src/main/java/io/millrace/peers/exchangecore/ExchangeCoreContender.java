package io.millrace.peers.exchangecore;

import io.millrace.contest.Answer;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Transfers;
import io.millrace.contest.Turnovers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** exchange-core, a matching engine: its accounting of users' balances is the nearest that it has to the ledger. */
public final class ExchangeCoreContender implements Contender {
    /** Both commands of each take half of the ring: the engine never blocks the publishing thread, whatever happens. */
    private static final int WINDOW = Engine.RING_SIZE / 4;

    /** Serves this contender. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new ExchangeCoreContender());
    }

    @Override
    public String key() {
        return "exchange_core";
    }

    @Override
    public String title() {
        return "exchange-core 0.5.3";
    }

    /** The journal's file is opened in mode "rwd", and results are handed out behind the journaling stage. */
    @Override
    public Durability durability() {
        return Durability.SYNCED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put(
                "transfer",
                "two balance adjustments, a withdrawal and a payment, which are not atomic: a matching engine, not a"
                        + " ledger; counted as one when both are done");
        settings.put("command", "account, amount, id and time of each; no room for code, reference and channel");
        settings.put("decided", "by its risk engine: a withdrawal must not exceed the balance");
        settings.put("journaled", "both commands, 58 bytes each, LZ4 (fast) in batches; it keeps no events");
        settings.put("journal", "its own, file in mode rwd (it offers no other), one write per batch");
        settings.put(
                "performance",
                "throughputPerformanceBuilder, 1 matching engine, 1 risk engine, as in its own journaling benchmark;"
                        + " threads not pinned");
        settings.put("ring", Engine.RING_SIZE + " commands, groups of " + Engine.GROUP_LIMIT);
        settings.put("waitStrategy", Engine.waitStrategy().name().toLowerCase(Locale.ROOT));
        settings.put("outstanding", WINDOW + " transfers at most");
        settings.put("read_model", "in its results handler, behind matching and journaling");
        settings.put("answer", "balances by a report of each user, after the measured time");
        settings.put("replay", "its journal replay, journaling off as for its analytics instances");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final Turnovers turnovers = new Turnovers(work.accounts());
        final Results results = new Results(turnovers);
        try (Exchange exchange = new Exchange(directory, true, results)) {
            exchange.openAccounts(work.accounts());
            final Usage start = Usage.now();
            publishAll(exchange, results, work);
            final Usage usage = Usage.now().since(start);
            final long stateHash = exchange.reportedBooks(work.accounts()).hash();
            return new Live(usage, new Answer(results.done(), results.done(), stateHash, turnovers.hash()));
        }
    }

    private static void publishAll(final Exchange exchange, final Results results, final Work work) {
        final Transfers transfers = work.transfers();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            results.await(transfers.id() - WINDOW);
            exchange.publish(transfers);
        }
        results.await(work.commands());
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws Exception {
        final Usage start = Usage.now();
        try (Exchange exchange = new Exchange(directory, false, (command, sequence) -> {})) {
            final long events = exchange.replay(work.accounts());
            final Usage usage = Usage.now().since(start);
            return new Replay(
                    usage, events, exchange.reportedBooks(work.accounts()).hash());
        }
    }
}
