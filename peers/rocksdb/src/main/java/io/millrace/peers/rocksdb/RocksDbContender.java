package io.millrace.peers.rocksdb;

import io.millrace.contest.BatchPipeline;
import io.millrace.contest.Books;
import io.millrace.contest.Contender;
import io.millrace.contest.ContenderProcess;
import io.millrace.contest.Transfers;
import io.millrace.contest.Usage;
import io.millrace.contest.Work;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** A RocksDB database with an event a key, behind a {@link BatchPipeline}. */
public final class RocksDbContender implements Contender {
    private static final int MAX_BATCH_COMMANDS = 4096;

    public static void main(final String[] args) throws IOException {
        RocksDB.loadLibrary();
        ContenderProcess.serve(new RocksDbContender());
    }

    @Override
    public String key() {
        return "rocksdb";
    }

    @Override
    public String title() {
        return "RocksDB " + RocksDB.rocksdbVersion();
    }

    @Override
    public Durability durability() {
        return Durability.JOURNALED;
    }

    @Override
    public Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("write", "a WriteBatch of what has come in, at most " + MAX_BATCH_COMMANDS + " commands");
        settings.put("outstanding", BatchPipeline.RING_COMMANDS + " commands at most");
        settings.put("threads", "one produces, one decides and writes, one counts what was written; RocksDB's flush");
        settings.put("key", "the event's number, 8 bytes, big-endian; direct buffers");
        settings.putAll(RocksDbFiles.settings());
        return settings;
    }

    @Override
    public Live live(final Path directory, final Work work) throws RocksDBException {
        try (RocksDbFiles files = RocksDbFiles.open(directory);
                RocksDbLog log = new RocksDbLog(files.database(), MAX_BATCH_COMMANDS)) {
            return BatchPipeline.live(work, MAX_BATCH_COMMANDS, log);
        }
    }

    @Override
    public boolean replays() {
        return true;
    }

    @Override
    public Replay replay(final Path directory, final Work work) throws RocksDBException {
        final Usage start = Usage.now();
        final Books books = new Books(work.accounts());
        try (RocksDbFiles files = RocksDbFiles.open(directory);
                RocksIterator events = files.iterator()) {
            final long applied = applyAll(events, books);
            return new Replay(Usage.now().since(start), applied, books.hash());
        }
    }

    private static long applyAll(final RocksIterator events, final Books books) throws RocksDBException {
        final ByteBuffer event =
                ByteBuffer.allocateDirect(Transfers.EVENT_BYTES).order(Transfers.BYTE_ORDER);
        long applied = 0;
        for (events.seekToFirst(); events.isValid(); events.next()) {
            events.value(event.clear());
            BatchPipeline.apply(event, 0, books);
            applied++;
        }
        events.status();
        return applied;
    }
}
