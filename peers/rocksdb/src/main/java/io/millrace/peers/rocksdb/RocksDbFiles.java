package io.millrace.peers.rocksdb;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.rocksdb.CompressionType;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/** An open database with what it needs, set up for keys that only ever grow. */
final class RocksDbFiles implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 64L << 20;
    private static final int WRITE_BUFFERS = 4;
    private static final int BACKGROUND_JOBS = 2;
    private static final long READ_AHEAD_BYTES = 4L << 20;

    private final Options options;
    private final ReadOptions readOptions =
            new ReadOptions().setReadaheadSize(READ_AHEAD_BYTES).setFillCache(false);
    private final RocksDB database;

    private RocksDbFiles(final Options options, final RocksDB database) {
        this.options = options;
        this.database = database;
    }

    static RocksDbFiles open(final Path directory) throws RocksDBException {
        final Options options = options();
        try {
            return new RocksDbFiles(options, RocksDB.open(options, directory.toString()));
        } catch (final RocksDBException e) {
            options.close();
            throw e;
        }
    }

    /** A write's keys follow each other, so each is put where the last one was: that takes the concurrent memtable. */
    private static Options options() {
        return new Options()
                .setCreateIfMissing(true)
                .setAllowConcurrentMemtableWrite(true)
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setMaxWriteBufferNumber(WRITE_BUFFERS)
                .setMaxBackgroundJobs(BACKGROUND_JOBS)
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setAvoidFlushDuringRecovery(true);
    }

    static Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        settings.put("sync", "false: the write-ahead log is written at each write, not forced");
        settings.put("memtable", "skip list, with an insert hint per batch");
        settings.put("write_buffer_size", (WRITE_BUFFER_BYTES >> 20) + " MiB, " + WRITE_BUFFERS + " at most");
        settings.put("compaction", "level: files of keys that only grow are moved, not merged");
        settings.put("compression", "none");
        settings.put("max_background_jobs", Integer.toString(BACKGROUND_JOBS));
        settings.put(
                "replay",
                "iterator; opening flushes no memtable; read-ahead " + (READ_AHEAD_BYTES >> 20)
                        + " MiB, checksums verified");
        return settings;
    }

    RocksDB database() {
        return database;
    }

    /** Of all events, in the order of their keys. */
    RocksIterator iterator() {
        return database.newIterator(readOptions);
    }

    @Override
    public void close() {
        database.close();
        readOptions.close();
        options.close();
    }
}
