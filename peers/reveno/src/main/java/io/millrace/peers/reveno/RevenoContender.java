package io.millrace.peers.reveno;

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

/** Reveno: commands decide, transaction actions are journaled and change the model, events go to handlers behind that. */
public final class RevenoContender implements Contender {
    /** Half of Reveno's buffer: it never blocks the producing thread, whatever happens. */
    private static final int OUTSTANDING = LedgerEngine.BUFFER_SIZE / 2;

    /** Of a volume, for each transfer: the event's 64 bytes, 25 around them, and 7 to spare. */
    private static final int ACTION_BYTES = 96;

    /** Of a volume, for each event: its transaction's id, the time and a flag, and 3 to spare. */
    private static final int COMMIT_BYTES = 20;

    private static final long SPARE_BYTES = 1 << 16;

    /** Serves this contender. */
    public static void main(final String[] args) throws IOException {
        ContenderProcess.serve(new RevenoContender());
    }

    @Override
    public String key() {
        return "reveno";
    }

    @Override
    public String title() {
        return "Reveno 1.23";
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("model", "mutable, compensating actions: no snapshot of an entity in each transaction");
        settings.put("state", "one entity of the repository that holds all accounts");
        settings.put("channel", "BUFFERING_MMAP_OS, one preallocated volume that holds the run");
        settings.put(
                "journaled",
                "transaction actions of 64 bytes with 25 around them; and for each event that its"
                        + " handler has run");
        settings.put("serializer", "own, fields as they are; instead of Protostuff");
        settings.put("command", "object of the same fields, one transaction each");
        settings.put("buffer", Integer.toString(LedgerEngine.BUFFER_SIZE));
        settings.put("cpuConsumption", "normal");
        settings.put("outstanding", Integer.toString(OUTSTANDING));
        settings.put("read_model", "event handler in the event pipe, behind journaling");
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws Exception {
        final ReadSide readSide = new ReadSide(work.accounts());
        try (LedgerEngine engine = new LedgerEngine(
                directory,
                readSide,
                work.commands() * ACTION_BYTES + SPARE_BYTES,
                work.commands() * COMMIT_BYTES + SPARE_BYTES)) {
            engine.open(work.accounts());
            final Answers answers = new Answers(OUTSTANDING);
            final Usage start = Usage.now();
            executeAll(engine, answers, work);
            readSide.await(answers.accepted());
            final Usage usage = Usage.now().since(start);
            final Answer answer = new Answer(
                    answers.accepted(), readSide.events(), engine.state().hash(), readSide.hash());
            return new Live(usage, answer);
        }
    }

    private static void executeAll(final LedgerEngine engine, final Answers answers, final Work work) {
        final Transfers transfers = work.transfers();
        for (long i = 0; i < work.commands(); i++) {
            transfers.advance();
            answers.awaitRoom();
            answers.add(engine.transfer(Transfer.of(transfers)));
        }
        answers.awaitAll();
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws Exception {
        final Usage start = Usage.now();
        try (LedgerEngine engine =
                new LedgerEngine(directory, new ReadSide(work.accounts()), SPARE_BYTES, SPARE_BYTES)) {
            final Usage usage = Usage.now().since(start);
            final ReadLedger.State state = engine.state();
            return new Replay(usage, state.events(), state.hash());
        }
    }
}
