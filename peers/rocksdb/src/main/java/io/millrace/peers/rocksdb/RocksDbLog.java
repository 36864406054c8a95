package io.millrace.peers.rocksdb;

import io.millrace.contest.BatchPipeline;
import io.millrace.contest.Transfers;
import java.nio.ByteBuffer;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** Puts events under their numbers, a write for each batch. */
final class RocksDbLog implements BatchPipeline.EventLog, AutoCloseable {
    // In the batch: a tag, two lengths, the key and the value.
    private static final int BATCHED_BYTES = 3 + Long.BYTES + Transfers.EVENT_BYTES;
    private static final int BATCH_HEADER_BYTES = 12;

    private final RocksDB database;
    private final WriteOptions options = new WriteOptions().setSync(false).setMemtableInsertHintPerBatch(true);
    private final WriteBatch batch;
    private final ByteBuffer key = ByteBuffer.allocateDirect(Long.BYTES);

    private long events;

    RocksDbLog(final RocksDB database, final int maxBatchCommands) {
        this.database = database;
        batch = new WriteBatch(BATCH_HEADER_BYTES + maxBatchCommands * BATCHED_BYTES);
    }

    @Override
    public void append(final ByteBuffer buffer, final int offset) throws RocksDBException {
        events++;
        key.putLong(0, events).clear();
        buffer.limit(offset + Transfers.EVENT_BYTES).position(offset);
        batch.put(key, buffer);
        buffer.clear();
    }

    @Override
    public void commit() throws RocksDBException {
        database.write(options, batch);
        batch.clear();
    }

    @Override
    public void close() {
        batch.close();
        options.close();
    }
}
