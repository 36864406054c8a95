package io.millrace.peers.prevayler;

import io.millrace.contest.Answer;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.prevayler.Prevayler;
import org.prevayler.PrevaylerFactory;

/** Prevayler: a transaction is journaled, then executed on the prevalent system, by the thread that hands it in. */
public final class PrevaylerContender implements Contender {
    /** Serves this contender. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new PrevaylerContender());
    }

    @Override
    public String key() {
        return "prevayler";
    }

    @Override
    public String title() {
        return "Prevayler 2.6";
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("journal", "one file, written before each transaction executes; journalDiskSync=false");
        settings.put("journaled", "commands of 64 bytes, decided again in recovery: Prevayler keeps no events");
        settings.put("serializer", "own, the 64 bytes as they are");
        settings.put("transactionDeepCopy", "false: the transaction itself is executed, not a copy read back");
        settings.put("commands", "one transaction with query each, answered when execute returns; no asynchronous way");
        settings.put("read_model", "in the prevalent system, by the transaction; so recovery builds it too");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final Ledger ledger = new Ledger(work.accounts());
        final Prevayler<Ledger> prevayler = open(directory, ledger);
        try {
            final Usage start = Usage.now();
            final long accepted = executeAll(prevayler, work);
            final Usage usage = Usage.now().since(start);
            return new Live(usage, new Answer(accepted, ledger.events(), ledger.stateHash(), ledger.readModelHash()));
        } finally {
            prevayler.close();
        }
    }

    private static long executeAll(final Prevayler<Ledger> prevayler, final Work work) {
        final Transfers transfers = work.transfers();
        long accepted = 0;
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            if (prevayler.execute(Transfer.of(transfers))) {
                accepted++;
            }
        }
        return accepted;
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws Exception {
        final Usage start = Usage.now();
        final Ledger ledger = new Ledger(work.accounts());
        final Prevayler<Ledger> prevayler = open(directory, ledger);
        final Usage usage = Usage.now().since(start);
        prevayler.close();
        return new Replay(usage, ledger.events(), ledger.stateHash());
    }

    /** Recovers what the directory holds before it returns. */
    private static Prevayler<Ledger> open(final Path directory, final Ledger ledger) throws Exception {
        final PrevaylerFactory<Ledger> factory = new PrevaylerFactory<>();
        factory.configurePrevalentSystem(ledger);
        factory.configurePrevalenceDirectory(directory.toString());
        factory.configureJournalDiskSync(false);
        factory.configureJournalSerializer("journal", new TransferSerializer());
        factory.configureTransactionDeepCopy(false);
        return factory.create();
    }
}
